"""The reference pages are those of the policies: complete, fresh, and drawn right."""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from xml.etree import ElementTree

import pytest

from hongqiao_rules import Calculator
from hongqiao_rules.explanation.rule_sentences import Sentences
from hongqiao_rules.language.nodes import Read, Total, walk
from hongqiao_rules.rulebook.definitions import Rule, iso
from tests.docs.source import DOCS, TOP

RULEBOOK = Calculator().rulebook
DEFINITIONS = RULEBOOK.definitions
REFERENCE = DOCS / "reference"
BOTH = pytest.mark.parametrize("lang", ["en", "zh"])
WORDS = {
    "en": ("The words", "What it says", "The expression", "History", "Among the other rules"),
    "zh": ("原文", "规则的意思", "表达式", "沿革", "与其他规则的关系"),
}


def page(name: str, lang: str) -> str:
    return (REFERENCE / f"{name}{'.zh' if lang == 'zh' else ''}.md").read_text(encoding="utf-8")


def drawn(text: str) -> ElementTree.Element:
    (found,) = re.findall(r"<svg .*?</svg>", text)
    return ElementTree.fromstring(found)  # noqa: S314  # written by this repository


def test_every_generated_file_is_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/generate.py", "--check"],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_there_is_a_page_for_each_rule_parameter_and_document_and_no_other() -> None:
    ids = {
        "rules": {id_ for _, id_ in DEFINITIONS.rules},
        "parameters": {id_ for _, id_ in DEFINITIONS.parameters},
        "documents": set(DEFINITIONS.sources),
    }
    for folder, known in ids.items():
        found = {path.name for path in (REFERENCE / folder).iterdir()}
        assert found == {f"{id_}{suffix}" for id_ in known | {"index"} for suffix in (".md", ".zh.md")}


@BOTH
@pytest.mark.parametrize(
    "rule", [rule for (overlay, _), rule in DEFINITIONS.rules.items() if overlay is None], ids=lambda r: r.id
)
def test_the_page_of_a_rule_has_all_there_is_to_say(rule: Rule, lang: str) -> None:
    text = page(f"rules/{rule.id}", lang)
    assert all(f"\n## {heading}\n" in text for heading in WORDS[lang])
    assert all(citation.words is None or f"> {citation.words}\n" in text for citation in rule.citations)
    assert all(f"documents/{citation.source}.md" in text for citation in rule.citations)
    assert all(f"* {limitation.say(lang)}\n" in text for limitation in rule.limitations)
    linked = RULEBOOK.linked(())
    last = max(value.start for p in DEFINITIONS.parameters.values() for value in p.values)
    for typed in linked.versions[rule.id]:
        sentence = Sentences(linked, lang, last).version(typed)
        assert all(part.strip() in text for part in re.split(r"[（(]\d[）)]|；|; ", sentence))
    for reading in rule.readings.values():
        assert all(f"`{id_}`" in text and c.argument.say(lang) in text for id_, c in reading.choices.items())
    for number, example in enumerate(rule.examples):
        title = example.title.say(lang)
        assert f"### {title}\n" in text if number < 5 else f"| {iso(example.on)} | {title}" in text
        assert all(str(value) in text for key, value in example.expect.items() if key.endswith("total"))


@BOTH
def test_the_page_of_a_parameter_has_every_value_with_its_sources(lang: str) -> None:
    for (_, id_), parameter in DEFINITIONS.parameters.items():
        text = page(f"parameters/{id_}", lang)
        for value in parameter.values:
            (row,) = [line for line in text.splitlines() if line.startswith(f"| {iso(value.start)} ")]
            assert all(f"../documents/{citation.source}.md" in row for citation in value.citations)
            assert value.note is None or value.note.say(lang) in text
        assert all(f"* {limitation.say(lang)}\n" in text for limitation in parameter.limitations)


@BOTH
def test_a_chart_has_a_step_for_each_value_as_high_as_it_is(lang: str) -> None:
    parameter = DEFINITIONS.parameters[None, "dibao-standard"]
    chart = drawn(page("parameters/dibao-standard", lang))
    labels = [text.text for text in chart.iter("text") if text.get("class") == "value"]
    assert labels == [f"{value.value // 100}.00" for value in parameter.values]
    bars = [bar for bar in chart.iter("rect") if bar.get("class") == "bar"]
    unit = {
        round(float(bar.get("height", "0")) / value.value, 4)
        for bar, value in zip(bars, parameter.values, strict=True)
    }
    assert max(unit) - min(unit) < 0.0001
    ends = [float(bar.get("x", "0")) + float(bar.get("width", "0")) for bar in bars]
    starts = [float(bar.get("x", "0")) for bar in bars]
    assert all(abs(end - start) < 0.2 for end, start in zip(ends, starts[1:], strict=False))


@BOTH
def test_every_place_in_a_document_is_on_its_page(lang: str) -> None:
    cited = [c for rule in DEFINITIONS.rules.values() for c in rule.citations]
    cited += [c for p in DEFINITIONS.parameters.values() for v in p.values for c in v.citations]
    for citation in cited:
        text = page(f"documents/{citation.source}", lang)
        assert citation.place in text
        assert citation.words is None or citation.words in text


@BOTH
def test_every_notice_is_there(lang: str) -> None:
    text = page("notices", lang)
    for notice in DEFINITIONS.notices.values():
        assert f"\n## {notice.code}\n\n> {notice.message.say(lang)}\n" in text


def needs() -> Iterator[tuple[str, str]]:
    """Which rule uses which, from the trees."""
    linked = RULEBOOK.linked(())
    for rule, versions in linked.versions.items():
        for typed in versions:
            for tree in (typed.value, *(node for _, node in typed.conditions)):
                for node in walk(tree):
                    names = [node.name] if isinstance(node, Read) and node.name in linked.conclusions else []
                    if isinstance(node, Total):
                        names = [name for name, c in linked.conclusions.items() if c.list == node.name]
                    yield from ((rule, used.id) for name in names for used in linked.conclusions[name].rules)


def through(rule: str) -> str:
    """The name under which a rule is used: its own, or that of what several rules settle."""
    conclusions = RULEBOOK.linked(()).conclusions.values()
    (settled,) = [c for c in conclusions if rule in (r.id for r in c.rules)]
    return f"={settled.name}" if len(settled.rules) > 1 else rule


def leading_to(name: str, arrows: set[tuple[str, str]]) -> set[str]:
    before = {start for start, end in arrows if end == name}
    return before.union(*(leading_to(other, arrows) for other in before))


@BOTH
def test_the_diagrams_have_every_rule_and_say_what_each_uses(lang: str) -> None:
    text = page("rules/index", lang)
    numbered = {n: through(r) for n, r in re.findall(r'legend-mark">(\d)</span> \[.*\]\((.*)\.md\)', text)}
    needed: dict[str, set[str]] = {}
    for rule, used in needs():
        if rule != used:
            needed.setdefault(rule, set()).add(through(used))
            if through(used) != used:
                needed.setdefault(through(used), set()).add(used)
    own: list[str] = []
    for svg in re.findall(r"<svg .*?</svg>", text):
        diagram = ElementTree.fromstring(svg)  # noqa: S314  # written by this repository
        links = {a.get("href", "").strip("/") for a in diagram.iter("a")}
        assert links <= {id_ for overlay, id_ in DEFINITIONS.rules if overlay is None}
        paths = [path for path in diagram.iter("path") if path.get("class") == "arrow"]
        arrows = {(path.get("data-from", ""), path.get("data-to", "")) for path in paths}
        places = {}
        for box in (group for group in diagram.iter("g") if group.get("data-rule")):
            name, (rect,) = box.get("data-rule", ""), box.iter("rect")
            places[name] = (float(rect.get("y", "")), float(rect.get("x", "")))
            if "other" in box.get("class", ""):  # it stands in another diagram, with what it uses
                continue
            own.append(name)
            marks = {
                numbered[text]
                for mark in box.iter("g")
                if mark.get("class") == "mark used" and (text := mark.findtext("text"))
            }
            assert {start for start, end in arrows if end == name} | marks <= needed.get(name, set())
            assert needed.get(name, set()) <= leading_to(name, arrows) | marks
        assert len(set(places.values())) == len(places)
        assert all(places[start] < places[end] for start, end in arrows)
    assert len(set(own)) == len(own)
    assert {*own, *numbered.values()} == needed.keys() | set().union(*needed.values())


@BOTH
def test_the_table_of_rules_says_in_words_what_each_uses(lang: str) -> None:
    rows = [row for row in page("rules/index", lang).splitlines() if row.startswith("| [")]
    told = {row.partition("](")[2].partition(".md)")[0]: row.rpartition(" | ")[2] for row in rows}
    assert set(told) == {id_ for _, id_ in DEFINITIONS.rules}
    for rule, used in needs():
        assert rule == used or f"]({used}.md)" in told[rule]


@BOTH
def test_each_page_says_what_a_rule_uses_and_feeds(lang: str) -> None:
    for rule, used in set(needs()):
        place = page(f"rules/{rule}", lang).rpartition("\n## ")[2]
        assert f"]({used}.md)" in place
        assert f"]({rule}.md)" in page(f"rules/{used}", lang).rpartition("\n## ")[2]


@BOTH
def test_everything_public_in_python_is_on_its_page(lang: str) -> None:
    text = page("python", lang)
    for name in ("", ".population", ".standards", ".proofs", ".coverage"):
        module = import_module(f"hongqiao_rules{name}")
        assert [public for public in module.__all__ if f"::: {module.__name__}.{public}\n" not in text] == []
