"""Whatever stands in a policy file, it is read or refused by the package's own error, never by another."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hongqiao_rules import PolicyError
from hongqiao_rules.engines.direct.direct_engine import DirectEngine
from hongqiao_rules.engines.direct.trace import TraceWriter
from hongqiao_rules.engines.symbolic.unknown_lists import trees
from hongqiao_rules.language.names import RefusedExpressionError
from hongqiao_rules.language.nodes import operations, walk
from hongqiao_rules.language.parser import parse
from hongqiao_rules.rulebook.faults import Faults
from hongqiao_rules.rulebook.link import Linker
from hongqiao_rules.rulebook.load import load
from hongqiao_rules.rulebook.validation import faults as shape_faults
from hongqiao_rules.rulebook.yaml_tree import read
from tests.rulebook.refused.broken import TOY
from tests.text.catalogues import codes

GOOD = {str(file.relative_to(TOY)): file.read_text() for file in sorted(TOY.rglob("*.yaml"))}
SHARDS = [
    *(line.strip() for text in GOOD.values() for line in text.splitlines() if line.strip()),
    ": ", "- ", "{", "}", "[", "]", "&a ", "*a", "!!int ", "|", ">-", "'", '"', "#", "---\n", "null", "~", "1.5", "9999-12-31",
    "0001-01-01", "-1", "true", "\t", "\u2028", "\x85", "\x00", "\ud7ff", "animal", "herd", "rule", "value", "under",
]  # fmt: skip
changes = st.lists(
    st.tuples(st.integers(0, 2000), st.integers(0, 12), st.sampled_from(SHARDS) | st.text(max_size=3)),
    min_size=1,
    max_size=3,
)


def mutated(text: str, changes: list[tuple[int, int, str]]) -> str:
    for start, length, new in changes:
        at = start % (len(text) + 1)
        text = text[:at] + new + text[at + length :]
    return text


@example("rules/thirds.yaml", [(14, 10, ""), (825, 10, "")])
@given(st.sampled_from(sorted(GOOD)), changes)
def test_a_good_file_with_something_else_in_it_is_read_or_refused(name: str, changes: Any) -> None:
    document, faults = read(name, mutated(GOOD[name], changes).encode("utf-8", "surrogatepass"))
    if not faults:
        faults = shape_faults(document)
    for fault in faults:
        assert fault.code in codes("policy")
        assert 1 <= fault.line <= max(1, len(document.lines))
        assert fault.column >= 1
        assert fault.say("zh") != fault.say("en")


@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    document, faults = read("any.yaml", data)
    assert faults or shape_faults(document)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("toy")
    shutil.copytree(TOY, made, dirs_exist_ok=True)
    return made


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(GOOD)), changes=changes)
def test_a_rulebook_with_a_mutated_file_loads_or_is_refused(folder: Path, name: str, changes: Any) -> None:
    file = folder / name
    file.write_text(mutated(GOOD[name], changes), encoding="utf-8", errors="surrogatepass")
    loads_or_is_refused(folder)
    file.write_text(GOOD[name])


def loads_or_is_refused(folder: Path) -> None:
    """What is loaded can be worked out: it is made of the operations that every engine has, and compiles."""
    with suppress(PolicyError):
        book = load([folder])
        readings = {name: reading.default for name, reading in book.definitions.readings.items()}
        for dated in {book.dated(day, readings, ()) for day in book.change_dates()}:
            assert {type(node) for tree in trees(dated) for node in walk(tree)} <= set(operations("dated"))
            TraceWriter(DirectEngine(dated))


sums = st.lists(
    st.sampled_from(["rent", "land_price", "acres", "herd_size", "milk_share", "balance", "0", "1"]),
    min_size=1,
    max_size=3,
).flatmap(
    lambda names: st.lists(
        st.sampled_from([" + ", " - ", " * ", " / "]), min_size=len(names), max_size=len(names)
    ).map(lambda signs: "".join(part for pair in zip(names, signs, strict=True) for part in pair)[:-3])
)
conditions = st.tuples(sums, st.sampled_from(["<", "<=", "==", "!="]), sums).map(" ".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@example(when="rent / max(1, herd_size) < land_price", value="rent", noticed="organic")
@example(when="organic", value="rent", noticed="rent / max(1, herd_size) < land_price")
@given(when=conditions, value=sums, noticed=conditions)
def test_a_rule_of_any_sums_loads_or_is_refused(folder: Path, when: str, value: str, noticed: str) -> None:
    (folder / "zz-rule.yaml").write_text(
        f"rule: extra\ntitle: {{zh: 甲, en: a}}\nlist: grants\norder: 9\nwhen: {when}\nvalue: '{value}'\n"
        "rounding: {to: fen, way: down, because: {zh: 甲, en: a}}\nbasis: convention\nconfidence: high\n"
    )
    (folder / "zz-notice.yaml").write_text(f"notice: EXTRA\nmessage: {{zh: 甲, en: a}}\nwhen: {noticed}\n")
    loads_or_is_refused(folder)
    for name in ("zz-rule.yaml", "zz-notice.yaml"):
        (folder / name).unlink()


# --- expressions --------------------------------------------------------------------------------------------

NAMES = ["rent", "acres", "organic", "region", "crops", "loans", "on", "founded", "herd", "animal", "herd_size", "milk_share",
         "grazing_species", "0", "1", "'hay'", "True", "60", "x"]  # fmt: skip
OPERATORS = [" + ", " - ", " * ", " / ", " and ", " or ", " < ", " == ", " in ", " if ", " else ", ", ", " for ", "(", ")", "not ",
             "any(", "sum(", "count(", "min(", "max(", "total(", "reading(", "full_years(", ".", "[", "]", "\\", "é", "\r"]  # fmt: skip
pieces = st.lists(st.sampled_from(NAMES + OPERATORS) | st.text(max_size=2), max_size=14).map("".join)


@pytest.fixture(scope="module")
def names() -> Linker:
    book = load([TOY])
    linker = Linker(book.definitions, (), Faults(book.files))
    linker.link()
    return linker


@settings(max_examples=200)
@given(text=pieces, about=st.sampled_from(["farm", "animal"]))
def test_any_expression_is_typed_or_refused(names: Linker, text: str, about: str) -> None:
    names.current = [set()]
    try:
        found = parse(text, about, names).span[1]
    except RefusedExpressionError as error:
        found = error.offset
    assert 0 <= found <= len(text)
