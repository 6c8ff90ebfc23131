"""A further language is a catalogue, and a file of translations a rulebook: in a pseudo-language no Latin letter is left.

The pseudo-language is English in wide letters.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import click
import pytest
import yaml
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from click.testing import CliRunner

from hongqiao_rules import Calculator
from hongqiao_rules.analysis.mutate.mutant import OPERATORS
from hongqiao_rules.analysis.mutate.mutation_report import Mutations, Outcome
from hongqiao_rules.case.case_words import CaseWords
from hongqiao_rules.case.event_log import FileRecord
from hongqiao_rules.cli import main
from hongqiao_rules.explanation.rule_sentences import Sentences
from hongqiao_rules.explanation.rulebook_text import Reference
from hongqiao_rules.household.models import Household
from hongqiao_rules.plan.bundled_coverage import coverage
from hongqiao_rules.plan.bundled_standards import bundled_standards
from hongqiao_rules.plan.coverage_words import listing
from hongqiao_rules.population.analyse.report_pages import Page
from hongqiao_rules.population.read import mapping
from hongqiao_rules.proofs import difference, prove
from hongqiao_rules.rulebook import folders
from hongqiao_rules.rulebook import load as load_module
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.load import bundled_rulebook, load
from hongqiao_rules.standards import Standards
from hongqiao_rules.text import catalogue as catalogues
from tests.cli.test_help import contexts
from tests.text.catalogues import CODES, TOP, scripts

LANG, ON = "qq", date(2019, 5, 1)
_WIDE = {ord(c): ord(c) + 0xFEE0 for c in map(chr, range(0x21, 0x7F)) if c.isalpha()}
_LATIN = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]+")
_FILLED = re.compile(r"(\{[^}]*\})")


def wide(text: str) -> str:
    """The text in wide letters, its placeholders as they are."""
    return "".join(
        part if part.startswith("{") else part.translate(_WIDE) for part in _FILLED.split(text) if part
    )


@pytest.fixture(autouse=True)
def pseudo_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue of the pseudo-language, beside those of the program."""
    (source,) = (scripts.LOCALE / "en").rglob("*.po")
    header = "Content-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"
    found = [Message("", header)]
    for entry in scripts.entries(source).values():
        said = wide(entry.string) if isinstance(entry.string, str) else tuple(map(wide, entry.string))
        found.append(Message(entry.id, said))
    compiled = BytesIO()
    write_mo(compiled, scripts._Entries(found))
    shutil.copytree(scripts.LOCALE, tmp_path / "locale")
    file = tmp_path / "locale" / LANG / "LC_MESSAGES" / "hongqiao_rules.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(compiled.getvalue())
    monkeypatch.setattr(catalogues, "LOCALE", str(tmp_path / "locale"))


@pytest.fixture(scope="module", autouse=True)
def translated_policies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The bundled policies with a file of translations in each of the two rulebooks."""
    folder = tmp_path_factory.mktemp("translated") / "policies"
    shutil.copytree(TOP / "policies", folder)
    for part in ("", "standards"):
        file = folder / part / "texts" / f"{LANG}.yaml"
        file.parent.mkdir()
        file.write_text(f"texts: {LANG}\ntranslations: {{}}\n")
        texts = load([folder / part]).definitions.untranslated[LANG]
        translations = {key: wide(english) for key, english in texts.items()}
        file.write_text(yaml.safe_dump({"texts": LANG, "translations": translations}, sort_keys=False))
    with pytest.MonkeyPatch.context() as patch:
        for module in (folders, load_module):
            patch.setattr(module, "bundled", lambda part="": folder / part)
        for kept in (bundled_rulebook, bundled_standards):
            kept.cache_clear()
        assert bundled_rulebook().definitions.untranslated == {LANG: {}}
        yield
    for kept in (bundled_rulebook, bundled_standards):
        kept.cache_clear()


HOUSEHOLD = {
    "id": "1",
    "members": [
        {
            "id": "2", "relationship": "applicant", "birth_date": "1958-01-01", "marital_status": "widowed",
            "incomes": [{"kind": "wages", "monthly": "2700.00"}, {"kind": "special_care_pension", "monthly": "1.00"}],
            "illnesses": ["uremia"], "disabilities": [{"kind": "visual", "grade": 1}],
        },
        {"id": "3", "relationship": "child", "birth_date": "2008-09-01", "schooling": "primary"},
        {"id": "4", "relationship": "child", "birth_date": "1995-09-01", "marital_status": "never_married",
         "absence": "conscript"},
    ],
}  # fmt: skip


ALONE = {
    "id": "2", "relationship": "applicant", "birth_date": "1978-01-01", "marital_status": "never_married",
    "incomes": [{"kind": "wages", "monthly": "500.00"}],
}  # fmt: skip
UNKNOWN = {
    "id": "1",
    "members": [{**ALONE, "marital_status": "unknown", "incomes": [{"kind": "wages", "monthly": "unknown"}]}],
}


def escaped(text: str, *allowed: str) -> set[str]:
    """Latin words and Han characters in a text, but for codes, paths and JSON."""
    assert re.search(r"[Ａ-Ｚａ-ｚ]", text), "nothing is said in the pseudo-language"
    known = "|".join([r"\{.*\}", r"/[a-z_/0-9]+", r"\b[A-Z]+(_[A-Z]+)+\b", r"sha256:[0-9a-f]+", *allowed])
    return set(_LATIN.findall(re.sub(known, "", text)))


def test_the_letters_of_the_pseudo_language_are_wide() -> None:
    assert wide("{count} persons, a/b") == "{count} ｐｅｒｓｏｎｓ, ａ/ｂ"


@pytest.mark.parametrize("overlays", [(), ("tianjin-notice-2020",)])
def test_statements(overlays: tuple[str, ...]) -> None:
    calculator = Calculator(overlays=overlays)
    on = ON if not overlays else date(2020, 11, 1)
    members = HOUSEHOLD["members"]
    assert isinstance(members, list)
    for count in (1, 2, 3):
        said = calculator.assess({**HOUSEHOLD, "members": members[:count]}, on).statement(LANG)  # type: ignore[arg-type]
        texts = {text for c in _citations(calculator) for text in (c.words, c.place) if text}
        cited = "|".join(sorted(map(re.escape, texts), key=len, reverse=True))
        assert not escaped(said, cited), said


def _citations(calculator: Calculator) -> Iterator[object]:
    definitions = calculator.rulebook.definitions
    for rule in definitions.rules.values():
        yield from rule.citations
    for parameter in definitions.parameters.values():
        for value in parameter.values:
            yield from value.citations


def test_sentences_of_rules() -> None:
    linked = Calculator().linked
    sentences = Sentences(linked, LANG, 20190501)
    for versions in linked.versions.values():
        for typed in versions:
            assert not escaped(sentences.version(typed))


ANSWERS: list[Callable[[Calculator], str]] = [
    lambda c: c.why_not(HOUSEHOLD, "dibao", ON).statement(LANG),
    lambda c: c.margins({**HOUSEHOLD, "members": HOUSEHOLD["members"][:1]}, ON).statement(LANG),  # type: ignore[index]
    lambda c: c.assess(HOUSEHOLD, ON, readings="all").statement(LANG),
    lambda c: c.explore(UNKNOWN, ON).statement(LANG),
    lambda c: c.schedule(UNKNOWN | {"members": [ALONE]}, "incomes of 2", ON).statement(LANG),
    lambda c: difference(c, c.with_choices(readings={"deduction-unit": "household"}), ON, members=2).statement(LANG),
    lambda c: difference(c, c, ON, members=1).statement(LANG),
    lambda c: prove(overlays=[], on=ON, properties=["never-both"], members=2, readings=c.readings).statement(LANG),
]  # fmt: skip
NAMES = ["why_not", "margins", "readings", "explore", "schedule", "difference", "same", "prove"]


@pytest.mark.parametrize("answer", ANSWERS, ids=NAMES)
def test_answers(answer: Callable[[Calculator], str]) -> None:
    pytest.importorskip("z3")
    said = answer(Calculator())
    values = r"\w+ = \S+"  # the facts and values that an expression of a rule looks at
    expressions = r"(?<=: ).*[<=>(].*"
    rulebook = (
        r"never-both|[a-z]+(-[a-z]+)+|applicant|member"  # ids of properties, readings and found members
    )
    assert not escaped(said, values, expressions, rulebook), said


def test_cases(tmp_path: Path) -> None:
    calculator = Calculator()
    with calculator.open_case("1", record=FileRecord(tmp_path / "case.jsonl", "1")) as case:
        case.state(
            Household.from_json(json.dumps(HOUSEHOLD)), since=date(2019, 4, 1), known=date(2019, 4, 20)
        )
        words = CaseWords(calculator, LANG)
        lines = [line for change in case.changes() for line in words.change(change)]
        lines += [line for coming in case.upcoming(date(2021, 1, 1)) for line in words.coming(coming)]
        lines += words.months(case.payments(date(2019, 5, 1), date(2019, 8, 1)))
    assert not escaped("\n".join(lines))


def test_the_rulebook_and_the_coverage_of_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    reference = Reference(Calculator().rulebook, LANG, None)
    names = "|".join(sorted(map(re.escape, reference.names()), key=len, reverse=True))
    assert not escaped("\n".join(reference.listing()), names, r'"[a-z_0-9]+"')
    monkeypatch.setattr(Bilingual, "say", lambda *_: "※")  # the texts of the coverage have no translations
    rules = "|".join(sorted({r for e in coverage().entries for r in e.rules}, key=len, reverse=True))
    assert not escaped("\n".join(listing(coverage(), LANG)), rules, r"  .*…")


def test_every_kind_of_change_to_a_rulebook_is_said() -> None:
    words = catalogues.read(LANG)
    assert not escaped(" ".join(words.say(f"mutation.{name.replace(' ', '_')}") for name in OPERATORS))


def test_standards() -> None:
    community = {"id": "5", "households": 100, "service_space": 29}
    said = Standards().judge(
        {"id": "1", "new_elder_homes": 3, "communities": [community]}, date(2025, 12, 31)
    )
    cited = {t for rule in said.rules.values() for c in said.cited(rule) for t in (c.words, c.place) if t}
    assert not escaped(said.statement(LANG), *sorted(map(re.escape, cited), key=len, reverse=True))


def test_pages_of_populations() -> None:
    page = Page(Calculator(), LANG)
    assert not escaped(" ".join(page.words()), r"\{.*?\}")


def test_help() -> None:
    for context in contexts():
        context.meta["help"] = LANG
        command, forms = context.command, [context.command_path, "中文", "--lang zh"]
        for one in command.get_params(context):
            record = one.get_help_record(context) or ("", "")
            written = " ".join([record[0], *one.get_usage_pieces(context), str(one.default)])
            forms.append(re.sub(r"\b(?!YYYY|MM|DD)[A-Z]+\b", "", written))
        forms += command.list_commands(context) if isinstance(command, click.Group) else []
        assert escaped(context.get_help()) <= set(_LATIN.findall(" ".join(forms)))


def test_mapping_files() -> None:
    """Headers and labels are on the left, names of facts and codes on the right."""
    said = mapping.template(Calculator().rulebook.definitions, LANG)
    left = "\n".join(line.partition(": ")[0] for line in said.splitlines() if not line.endswith(":"))
    assert not escaped(left)


@pytest.mark.parametrize("code", sorted(CODES))
def test_errors(code: str) -> None:
    arguments = dict.fromkeys(re.findall(r"\{(\w+)\}", CODES[code]["en"]), "1")
    assert not escaped(catalogues.read(LANG).message(f"fault.{code}", arguments))


@pytest.mark.parametrize("question", ["summary", "compare"])
def test_pages_of_registers(question: str, tmp_path: Path) -> None:
    register = TOP / "docs" / "examples"
    more = ["--to-on", "2020-10-01", "--output", str(tmp_path / "1.csv")] if question == "compare" else []
    said = CliRunner().invoke(
        main,
        ["population", question, str(register / "register.csv"), "--mapping", str(register / "mapping.yaml"), "--on", "2019-05-01", "--allow-rejects", "--lang", LANG, *more],
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    assert not escaped(said.stdout), said.stdout


def test_reports_of_changes_to_a_rulebook() -> None:
    outcomes = [
        Outcome("1", operator, "1", "1", 1, 1, "1", "2", status, None, None)  # type: ignore[arg-type]
        for operator in OPERATORS
        for status in ("noticed", "equivalent", "survived", "unknown")
    ]
    said = Mutations(outcomes=tuple(outcomes), trials=1, members=1, solver=True)
    assert not escaped(said.statement(LANG)), said
