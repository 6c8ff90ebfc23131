"""The input checks and derived defaults of an invented jurisdiction bound what is proved of it and what shows a difference."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hongqiao_rules.analysis.prove.household_space import ClaimScene
from hongqiao_rules.analysis.prove.proof_cases import Cases
from hongqiao_rules.analysis.prove.proof_run import asked, prove
from hongqiao_rules.analysis.solver.scene import Scene
from hongqiao_rules.engines.direct.direct_engine import DirectEngine
from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.rulebook.load import Rulebook, load
from tests.toy.farms import POLICIES
from tests.toy.test_inputs import DAY, DEFAULT, added, reader

NONE = "checks: animal\n"
CHECK = """
checks: animal
refused:
  GOAT_IN_HILLS:
    at: pasture
    when: species == 'goat' and pasture == 'hills' and not organic
    message: {zh: 不得上山。, en: No goats.}
"""
ORDERED = """
checks: animal
refused:
  NO_COW: {at_least_one: species == 'cow' and litres > 0, message: {zh: 无牛。, en: No cow.}}
  SEVERAL_COWS: {at: species, at_most_one: species == 'cow', message: {zh: 一头。, en: One cow.}}
  SHELTER_NEEDED: {needs: shelter, when: species == 'goose', message: {zh: 畜舍。, en: The shelter is needed.}}
"""
PROPERTY = """
property: accepted
title: {{zh: 性质, en: Property}}
always: {}
basis: attested
cites: [{{source: pasture-act, place: 第二条}}]
"""
SHELTERED = "a.shelter in ('coast', 'plains', 'hills')"
PASTURED = "a.pasture in ('coast', 'plains', 'hills')"
GUARANTEED = {
    "when": (NONE, "all(a.shelter != 'plains' or a.pasture != 'hills' for a in herd)"),
    "of the root": (NONE, "acres > 0 or not organic"),
    "at most one": (NONE, "count(a for a in herd if a.species == 'sheep' and a.price > rent) <= 1"),
    "a pair": (NONE, "all(a.born > on or a.eldest_young <= a.age for a in herd)"),
    "needs": (NONE, f"all(a.sold or a.species != 'sheep' or {PASTURED} for a in herd)"),
    "a value by default": (NONE, f"all(a.sold or a.litres == 0 or {SHELTERED} for a in herd)"),
    "a reference by default": (
        NONE,
        ("all(a.species != 'goat' or a.born <= founded or a.sold for a in herd) or any(a.living_young > 0 for a in herd) or "
         "all(a.species != 'goat' or a.price <= rent for a in herd)"),
    ),
    "an added check": (CHECK, "organic or all(a.species != 'goat' or a.pasture != 'hills' for a in herd)"),
    "an added default": (DEFAULT, "rent > 0 or organic or all(a.species != 'cow' or a.pasture != 'coast' for a in herd)"),
    "at least one": (ORDERED, "any(a.species == 'cow' and a.litres > 0 for a in herd)"),
    "exactly one": (ORDERED, "count(a for a in herd if a.species == 'cow') == 1"),
    "needed by an added check": (ORDERED, f"all(a.species != 'goose' or {SHELTERED} for a in herd)"),
}  # fmt: skip
NOT_GUARANTEED = {
    **{case: claim for case, (text, claim) in GUARANTEED.items() if text != NONE},
    "needed of others": f"all(a.sold or {PASTURED} for a in herd)",
    "a default without milk": f"all(a.sold or {SHELTERED} for a in herd)",
    "a reference of a sheep": "all(a.sold or a.species != 'sheep' for a in herd) or any(a.living_young > 0 for a in herd)",
}  # fmt: skip


def claiming(folder: Path, text: str, claim: str) -> Rulebook:
    """The toy with the checks of *text*, and a property."""
    added(folder, text)
    own = folder / "policies" / "properties"
    own.mkdir(exist_ok=True)
    (own / "accepted.yaml").write_text(PROPERTY.format(claim), encoding="utf-8")
    return load([folder / "policies"])


def accept(book: Rulebook, farm: dict[str, Any]) -> Any:
    """The facts of a farm, which no check refuses."""
    assert list(reader(book).faults(farm, DAY)) == []
    checked = reader(book).at_first_sight(farm, DAY)
    assert checked is not None
    return checked.facts


@pytest.mark.parametrize("case", GUARANTEED)
def test_a_property_that_holds_of_accepted_farms_alone_is_proved(case: str, tmp_path: Path) -> None:
    book = claiming(tmp_path, *GUARANTEED[case])
    (outcome,) = prove(asked(book, [], 3, 120, DAY, [], {}, ["accepted"]), book, 1, None).outcomes
    assert outcome.status == "proved"


@pytest.mark.parametrize("case", NOT_GUARANTEED)
def test_without_the_check_an_accepted_farm_refutes_it(case: str, tmp_path: Path) -> None:
    book = claiming(tmp_path, NONE, NOT_GUARANTEED[case])
    case_, name = next(Cases(book, [()], DAY, {}).of((), ["accepted/always/0"])), "accepted/always/0"
    scene = ClaimScene(case_, (DAY, DAY), 3)
    model = scene.search.model([terms.negation(scene.first.value(name)), *cheap(scene)])
    assert model is not None
    engine = DirectEngine(case_.dated)
    run = engine.run(accept(book, scene.household(model)), DAY)
    assert run.state[engine.slots["farm", name]] is False


def cheap(scene: Scene) -> list[Any]:
    """Truths that no price is below zero, which a farm in JSON cannot state."""
    return [terms.compare(">=", price, 0) for price in scene.facts.each.get("price", ())]


@pytest.mark.parametrize("least", [1, 2, 4])
@pytest.mark.parametrize("text", [NONE, CHECK, DEFAULT, ORDERED])
def test_a_farm_that_shows_a_difference_is_accepted_under_both_rulebooks(
    text: str, least: int, tmp_path: Path
) -> None:
    books = [load([POLICIES]), added(tmp_path, text)]
    overlays: list[tuple[str, ...]] = [(), ("dry-year",)]
    dateds = [
        book.dated(DAY, {"organic-unit": "animal"}, own) for book, own in zip(books, overlays, strict=True)
    ]
    rules = [(dated, book.inputs(DAY)) for dated, book in zip(dateds, books, strict=True)]
    scene = Scene(rules, (DAY, DAY), 4, least)
    sides = [scene.symbols(dated, number) for number, dated in enumerate(dateds)]
    differs = terms.compare("!=", *(side.value("balance") for side in sides))
    found = 0
    for size in ("small", "medium", "large"):
        model = scene.search.model(
            [differs, terms.compare("==", sides[0].value("size_class"), size), *cheap(scene)]
        )
        if model is None:
            continue
        found += 1
        farm = scene.household(model)
        assert least <= len(farm["herd"]) <= 4
        for book, dated, side in zip(books, dateds, sides, strict=True):
            engine = DirectEngine(dated)
            state = engine.run(accept(book, farm), DAY).state
            assert state[engine.slots["farm", "balance"]] == scene.space.value(model, side.value("balance"))
    assert found > 0
