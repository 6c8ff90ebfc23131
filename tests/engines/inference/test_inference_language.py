"""Inference in another jurisdiction: every operation of the language, and nothing that the library is told of policy."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongqiao_rules.engines.direct.direct_engine import DirectEngine
from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.language.nodes import operations, walk
from hongqiao_rules.rulebook.load import load

pytest.importorskip(
    "durable_rules_engine", reason="durable-rules is absent or not for this Python", exc_type=ImportError
)

from hongqiao_rules.engines.inference.inference_engine import Inference  # needs the library

HEAD = """
rulebook: farms
title: {zh: 农场, en: Farms}
version: 2026.1.0
root: farm
modelled_from: 2020-01-01
not_modelled: {zh: 未收录, en: Not modelled}
checked_to: 2026-01-01
checked_notice: {zh: 未核对, en: Not checked}
figures: [grade, herd_value, levy, oldest, crowded, calm, average]
lists:
  levies: {title: {zh: 费, en: Levies}}
"""
SOURCES = """
sources:
  - {id: book, title: 书, english: Book, issuer: 人, seen: here, copy_quality: copy}
"""
ENTITIES = {
    "farm": """
entity: farm
title: {zh: 农场, en: Farm}
contains: {entity: animal, named: animals, least: 1, most: 6}
facts:
  id: {title: {zh: 编号, en: Id}, type: text, required: true}
  acres: {title: {zh: 亩, en: Acres}, type: number, unit: acre, least: 0, most: 500, required: true}
  organic: {title: {zh: 有机, en: Organic}, type: truth, default: false, when_absent: {zh: 否, en: "no"}}
  rent: {title: {zh: 租金, en: Rent}, type: money, least: 0, most: 9999, required: true}
""",
    "animal": """
entity: animal
title: {zh: 动物, en: Animal}
facts:
  id: {title: {zh: 编号, en: Id}, type: text, required: true}
  kind: {title: {zh: 种类, en: Kind}, type: code, codes: animal-kind, required: true}
  born: {title: {zh: 出生, en: Born}, type: date, required: true}
  mother: {title: {zh: 母, en: Mother}, type: reference, inverse: young, when_absent: {zh: 无, en: nobody}}
  worth: {title: {zh: 价值, en: Worth}, type: money, least: 0, most: 9999, required: true}
  cost: {title: {zh: 成本, en: Cost}, type: money, least: 0, most: 9999, required: true}
  vaccines: {title: {zh: 疫苗, en: Vaccines}, type: codes, codes: vaccine, most: 5, default: [], when_absent: {zh: 无, en: none}}
  sales:
    title: {zh: 销售, en: Sales}
    type: records
    most: 5
    default: []
    when_absent: {zh: 无, en: none}
    fields:
      what: {title: {zh: 何物, en: What}, type: code, codes: product}
      price: {title: {zh: 价, en: Price}, type: money, least: 0, most: 9999}
""",
}
CODES = {
    "animal-kind": "cow: {zh: 牛, en: Cow}, goat: {zh: 羊, en: Goat}, hen: {zh: 鸡, en: Hen}, pig: {zh: 猪, en: Pig}",
    "vaccine": "red: {zh: 红, en: Red}, blue: {zh: 蓝, en: Blue}",
    "product": "milk: {zh: 奶, en: Milk}, egg: {zh: 蛋, en: Egg}",
    "grade": "small: {zh: 小, en: Small}, fair: {zh: 中, en: Fair}, large: {zh: 大, en: Large}",
}
PARAMETERS = {
    "adult-age": ("number", "unit: years", "2"),
    "few": ("number", "unit: animal", "2"),
    "room": ("number", "unit: acre", "3"),
    "head-levy": ("money", "", "12"),
    "share-of-sales": ("share", "", "7/30"),
    "large-worth": ("money", "", "9000"),
    "grazers": ("codes", "codes: animal-kind", "[cow, goat]"),
    "birds": ("codes", "codes: animal-kind", "[hen]"),
}
RULES = """
age | animal | - | full_years(born, on)
adult | animal | - | age >= adult_age
grazing | animal | - | kind in grazers
profit | animal | - | worth - cost
earns | animal | - | worth > cost
sold | animal | - | sum(sale.price for sale in sales if sale.what == 'milk')
young_grazing | animal | - | count(calf for calf in young if calf.grazing)
nursing | animal | - | any(not calf.adult for calf in young)
vaccinated | animal | - | adult and 'red' in vaccines or not any(True for vaccine in vaccines)
herd | farm | - | count(animal for animal in animals)
grazers_here | farm | - | count(animal for animal in animals if animal.grazing)
herd_value | farm | - | sum(animal.worth for animal in animals)
best | farm | - | largest(animal.profit for animal in animals)
oldest | farm | - | largest(animal.age for animal in animals if animal.adult or animal.nursing)
calm | farm | - | all(animal.vaccinated for animal in animals)
crowded | farm | - | head_levy * grazers_here > rent or acres < room
grade.small-farm | farm | herd_value < rent ;; not organic | 'small'
grade.large-farm | farm | herd_value >= large_worth ;; crowded ;; room < acres | 'large'
grade.fair-farm | farm | - | 'fair'
levy.head | animal, levies, 10 | not grazing ;; kind not in birds ;; worth < cost | head_levy
levy.cheap | animal, levies, 20 | grade != 'small' ;; worth >= cost ;; not nursing ;; earns | min(worth - cost, head_levy)
levy.milk | animal, levies, 30 | sold > cost or young_grazing > 1 ;; kind != 'hen' | sold * share_of_sales ^ up
levy.farm | farm, levies, 40 | grade == 'large' ;; calm ;; herd > few | max(0, best - rent) if organic else head_levy * herd
levy | farm | - | total(levies)
average | farm | - | herd_value / max(1, herd) ^ half-up
"""
TITLE = "title: {zh: 甲, en: A}\n"


def rulebook(folder: Path) -> None:
    (folder / "farms.yaml").write_text(HEAD)
    (folder / "sources.yaml").write_text(SOURCES)
    for name, text in ENTITIES.items():
        (folder / f"{name}.yaml").write_text(text)
    for name, values in CODES.items():
        (folder / f"{name}.yaml").write_text(f"codes: {name}\n{TITLE}values: {{{values}}}\n")
    for name, (type_, more, value) in PARAMETERS.items():
        text = f"parameter: {name}\n{TITLE}type: {type_}\n{more}\nvalues:\n"
        (folder / f"{name}.yaml").write_text(
            f"{text}  - {{from: 2020-01-01, value: {value}, basis: attested, confidence: high, cites: [{{source: book, place: p}}]}}\n"
        )
    for line in RULES.strip().splitlines():
        name, about, whens, value = (part.strip() for part in line.split(" | "))
        concludes, _, rule = name.partition(".")
        about, *listed = about.split(", ")
        value, _, way = value.partition(" ^ ")
        lines = [
            f"rule: {(rule or name).replace('_', '-')}",
            TITLE.strip(),
            f"about: {about}",
            f"value: {value!r}",
        ]
        lines[-1] = f'value: "{value}"'
        if rule and not listed:
            lines.append(f"concludes: {concludes}")
        if listed:
            lines += [f"list: {listed[0]}", f"order: {listed[1]}"]
        if rule == "small-farm":
            lines.append("overrides: [large-farm, fair-farm]")
        if rule == "large-farm":
            lines.append("overrides: [fair-farm]")
        if whens != "-":
            lines += ["when:", *(f'  - "{when}"' for when in whens.split(" ;; "))]
        if way:
            lines += ["rounding:", "  to: fen", f"  way: {way}", "  because: {zh: 例, en: For example}"]
        lines += ["basis: convention", "confidence: high"]
        (folder / f"rule-{rule or name}.yaml").write_text("\n".join(lines) + "\n")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> DirectEngine:
    folder = tmp_path_factory.mktemp("farms")
    rulebook(folder)
    return DirectEngine(load([folder]).dated(20240601, {}, ()))


def test_the_farms_use_every_operation_of_the_language(engine: DirectEngine) -> None:
    used = {
        type(node)
        for conclusion in engine.dated.conclusions
        for candidate in conclusion.candidates
        for tree in (candidate.value, *candidate.conditions)
        for node in walk(tree)
    }
    assert set(operations("dated")) <= used


MONEY = st.sampled_from([0, 1, 299_900, 300_000, 999_900]) | st.integers(0, 999_900)


@st.composite
def farms(draw: st.DrawFn) -> Facts:
    count = draw(st.integers(1, 6))
    births = st.dates(date(2019, 1, 1), date(2024, 6, 1)).map(
        lambda d: d.year * 10000 + d.month * 100 + d.day
    )
    mothers = [draw(st.none() | st.integers(0, count - 1)) for _ in range(count)]
    sale = st.tuples(st.sampled_from(["milk", "egg"]), MONEY).map(list)

    def each(values: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(values, min_size=count, max_size=count))

    return Facts(
        {"acres": draw(st.integers(0, 20)), "organic": draw(st.booleans()), "rent": draw(MONEY)},
        count,
        {
            "kind": each(st.sampled_from(["cow", "goat", "hen", "pig"])),
            "born": each(births),
            "worth": each(MONEY),
            "cost": each(MONEY),
            "vaccines": each(st.lists(st.sampled_from(["red", "blue"]), max_size=2)),
            "sales": each(st.lists(sale, max_size=2)),
        },
        {"mother": [[n for n, mother in enumerate(mothers) if mother == m] for m in range(count)]},
    )


@settings(max_examples=3 * settings.default.max_examples)
@given(
    herds=st.lists(
        st.tuples(farms(), st.sampled_from([20240601, 20240602, 20250301])), min_size=1, max_size=8
    )
)
def test_a_farm_that_changes_is_always_what_the_direct_engine_says(
    engine: DirectEngine, herds: list[tuple[Facts, int]]
) -> None:
    session = Inference(engine).open()
    for facts, day in herds:
        direct = engine.run(facts, day)
        run = session.run(facts, day)
        assert run.state == direct.state
        assert run.failed == direct.failed
