"""The plan's rules as a small OpenFisca country package: entities, parameters and variables, by its documented API.

Amounts are whole fen in integer variables, because OpenFisca's own amounts are 32-bit floats. OpenFisca has no lists in
an entity and no references between persons: incomes and disabilities are one variable a kind, illnesses are counted
outside, and the parent is a position in the household.
"""

from __future__ import annotations

from datetime import date

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Person = build_entity("person", "persons", "Person", is_person=True)
Household = build_entity(
    "household", "households", "Household", roles=[{"key": "member", "plural": "members", "label": "Member"}]
)
MONTH, ETERNITY = DateUnit.MONTH, DateUnit.ETERNITY

COUNTED_KINDS = ("wages", "business", "property", "transfer", "pension", "residents_basic_pension")
SEVERE_KINDS = ("visual", "physical", "intellectual", "mental")
DISABILITY_KINDS = (*SEVERE_KINDS, "speech", "hearing")
LISTED = frozenset({
    "uremia", "kidney_transplant", "leukemia", "gaucher_disease", "heart_transplant", "liver_transplant",
    "lung_transplant", "bone_marrow_transplant", "malignant_tumor", "hemophilia", "aplastic_anemia",
    "mdr_tuberculosis", "hemiplegia", "lupus_erythematosus", "heart_valve_replacement",
})  # fmt: skip
NAMES = {
    "counted_members": "counted_members",
    "income": "income",
    "widowed_deduction": "widowed-single-parent-deduction",
    "divorced_deduction": "divorced-single-parent-deduction",
    "disease_deduction": "listed-disease-deduction",
    "disability_deduction": "severe-disability-deduction",
    "countable_income": "countable_income",
    "programme": "programme",
    "dibao_gap": "dibao-gap",
    "elder_supplement": "elder-supplement",
    "orphan_supplement": "orphan-student-supplement",
    "low_income_relief": "low-income-relief",
    "monthly_total": "monthly_total",
}
"""The variables that are asked for, with the names of the same figures in the contract."""


def dated(values: dict[str, int]) -> dict[str, object]:
    return {"values": {day: {"value": value} for day, value in values.items()}}


PARAMETERS = {
    "standard": dated({"2019-04-01": 98000, "2020-09-01": 101000, "2025-09-01": 104500}),
    "relief": dated({"2019-04-01": 29400, "2020-09-01": 30300, "2025-09-01": 31400}),
    "widowed": dated({"2016-04-01": 120000}),
    "divorced": dated({"2016-04-01": 80000}),
    "orphan_student": dated({"2016-04-01": 156000}),
    "elder_age": dated({"2016-04-01": 60}),
    "kindergarten_age": dated({"2016-04-01": 3}),
    "worst_grades": dated({"2016-04-01": 2}),
}


class Absence(Enum):
    """Why a member does not count."""

    none = "none"
    imprisoned = "imprisoned"
    compulsory_rehabilitation = "compulsory_rehabilitation"
    conscript = "conscript"
    religious_order = "religious_order"
    declared_missing = "declared_missing"


class MaritalStatus(Enum):
    """Marital status."""

    not_stated = "not_stated"
    never_married = "never_married"
    married = "married"
    separated = "separated"
    divorced = "divorced"
    widowed = "widowed"


class Schooling(Enum):
    """Full-time schooling."""

    none = "none"
    kindergarten = "kindergarten"
    primary = "primary"
    junior_secondary = "junior_secondary"
    senior_secondary = "senior_secondary"
    vocational = "vocational"
    undergraduate = "undergraduate"
    postgraduate = "postgraduate"


LEVELS = (
    Schooling.primary, Schooling.junior_secondary, Schooling.senior_secondary, Schooling.vocational,
    Schooling.undergraduate,
)  # fmt: skip


class Guardianship(Enum):
    """Orphan or without support."""

    none = "none"
    scattered_orphan = "scattered_orphan"
    institutional_orphan = "institutional_orphan"
    de_facto_unsupported = "de_facto_unsupported"


class Programme(Enum):
    """What the household gets."""

    none = "none"
    low_income = "low_income"
    dibao = "dibao"


def variable(
    name: str, entity: object, kind: object, formula: object = None, **more: object
) -> type[Variable]:
    """A variable class by its documented attributes."""
    said = {"value_type": kind, "entity": entity, "definition_period": MONTH, "label": name, **more}
    return type(name, (Variable,), said | ({"formula": formula} if formula else {}))


def choice(name: str, codes: type[Enum], default: Enum) -> type[Variable]:
    return variable(name, Person, Enum, possible_values=codes, default_value=default)


def age(person, period, _parameters):
    birth = person("birth_date", period)
    years, months = birth.astype("datetime64[Y]"), birth.astype("datetime64[M]")
    month, day = (months - years).astype(int) + 1, (birth - months).astype(int) + 1
    reached = (month < period.start.month) | ((month == period.start.month) & (day <= period.start.day))
    return period.start.year - (years.astype(int) + 1970) - numpy.where(reached, 0, 1)


def counted(person, period, _parameters):
    return person("absence", period) == Absence.none


def member_income(person, period, _parameters):
    return person("counted", period) * sum(person(kind, period) for kind in COUNTED_KINDS)


def in_school(person, period, parameters):
    schooling = person("schooling", period)
    level = sum(schooling == school for school in LEVELS) > 0
    small = schooling == Schooling.kindergarten
    return level | (small & (person("age", period) >= parameters(period).kindergarten_age))


def has_child_in_school(person, period, _parameters):
    own, first = person.household.members_position, person.household.members_entity_id * 1000
    pupils = person("counted", period) & person("in_school", period) & (person("parent", period) >= 0)
    return person("counted", period) & numpy.isin(first + own, (first + person("parent", period))[pupils])


def single_parent(person, period, _parameters):
    return person("has_child_in_school", period) & (person("marital_status", period) != MaritalStatus.married)


def household_any(person_variable, status=None):
    """A formula: whether any member has it (and, where given, the marital status)."""

    def formula(household, period, _parameters):
        held = household.members(person_variable, period)
        if status is not None:
            held = held & (household.members("marital_status", period) == status)
        return household.any(held)

    return formula


def widowed_deduction(household, period, parameters):
    return household("widowed_single_parent", period) * parameters(period).widowed


def divorced_deduction(household, period, parameters):
    alone = household("divorced_single_parent", period) & (household("widowed_deduction", period) == 0)
    return alone * parameters(period).divorced


def disease_deduction(person, period, parameters):
    held = person("counted", period) & (person("listed_illnesses", period) > 0)
    return held * (parameters(period).standard * 3 // 2)


def disability_deduction(person, period, parameters):
    worst = parameters(period).worst_grades
    grades = [person(f"{kind}_grade", period) for kind in SEVERE_KINDS]
    severe = sum((grade > 0) & (grade <= worst) for grade in grades) > 0
    return (person("counted", period) & severe) * parameters(period).standard


def countable_income(household, period, _parameters):
    deducted = household("widowed_deduction", period) + household("divorced_deduction", period)
    for name in ("disease_deduction", "disability_deduction"):
        deducted = deducted + household.sum(household.members(name, period))
    return numpy.maximum(household("income", period) - deducted, 0)


def programme(household, period, parameters):
    line = household("counted_members", period) * parameters(period).standard
    countable = household("countable_income", period)
    low = numpy.where(2 * countable < 3 * line, Programme.low_income.index, Programme.none.index)
    return numpy.where(countable < line, Programme.dibao.index, low)


def dibao_gap(household, period, parameters):
    line = household("counted_members", period) * parameters(period).standard
    return (household("programme", period) == Programme.dibao) * (
        line - household("countable_income", period)
    )


def elder_supplement(person, period, parameters):
    dibao = person.household("programme", period) == Programme.dibao
    elder = person("counted", period) & (person("age", period) >= parameters(period).elder_age)
    return (dibao & elder) * (parameters(period).standard * 3 // 10)


def orphan_supplement(person, period, parameters):
    dibao = person.household("programme", period) == Programme.dibao
    guardianship = person("guardianship", period)
    orphan = (guardianship == Guardianship.scattered_orphan) | (
        guardianship == Guardianship.de_facto_unsupported
    )
    held = dibao & orphan & person("counted", period) & person("in_school", period)
    return held * parameters(period).orphan_student


def ailing(person, period, _parameters):
    disabled = sum(person(f"{kind}_grade", period) for kind in DISABILITY_KINDS) > 0
    return person("counted", period) & (disabled | (person("illnesses", period) > 0))


def low_income_relief(household, period, parameters):
    low = household("programme", period) == Programme.low_income
    members = household.members
    old = (members("age", period) >= parameters(period).elder_age) | ~members("counted", period)
    category = household.any(members("ailing", period)) | household.any(members("single_parent", period))
    category = category | household("receives_family_planning_support", period)
    category = category | (household("childless", period) & household.all(old))
    return (low & (category | household("hardship_recognized", period))) * parameters(period).relief


def monthly_total(household, period, _parameters):
    members = household.members
    supplements = members("elder_supplement", period) + members("orphan_supplement", period)
    return (
        household("dibao_gap", period) + household("low_income_relief", period) + household.sum(supplements)
    )


def household_sum(person_variable):
    return lambda household, period, _parameters: household.sum(household.members(person_variable, period))


VARIABLES = [
    variable("birth_date", Person, date, definition_period=ETERNITY),
    variable("parent", Person, int, default_value=-1),
    choice("absence", Absence, Absence.none),
    choice("marital_status", MaritalStatus, MaritalStatus.not_stated),
    choice("schooling", Schooling, Schooling.none),
    choice("guardianship", Guardianship, Guardianship.none),
    *(variable(kind, Person, int) for kind in COUNTED_KINDS),
    *(variable(f"{kind}_grade", Person, int) for kind in DISABILITY_KINDS),
    variable("illnesses", Person, int),
    variable("listed_illnesses", Person, int),
    *(
        variable(name, Household, bool)
        for name in ("receives_family_planning_support", "childless", "hardship_recognized")
    ),
    variable("age", Person, int, age),
    variable("counted", Person, bool, counted),
    variable("member_income", Person, int, member_income),
    variable("in_school", Person, bool, in_school),
    variable("has_child_in_school", Person, bool, has_child_in_school),
    variable("single_parent", Person, bool, single_parent),
    variable("ailing", Person, bool, ailing),
    variable("counted_members", Household, int, household_sum("counted")),
    variable("income", Household, int, household_sum("member_income")),
    variable("widowed_single_parent", Household, bool, household_any("has_child_in_school", MaritalStatus.widowed)),
    variable("divorced_single_parent", Household, bool, household_any("has_child_in_school", MaritalStatus.divorced)),
    variable("widowed_deduction", Household, int, widowed_deduction),
    variable("divorced_deduction", Household, int, divorced_deduction),
    variable("disease_deduction", Person, int, disease_deduction),
    variable("disability_deduction", Person, int, disability_deduction),
    variable("countable_income", Household, int, countable_income),
    variable(
        "programme", Household, Enum, programme, possible_values=Programme, default_value=Programme.none
    ),
    variable("dibao_gap", Household, int, dibao_gap),
    variable("elder_supplement", Person, int, elder_supplement),
    variable("orphan_supplement", Person, int, orphan_supplement),
    variable("low_income_relief", Household, int, low_income_relief),
    variable("monthly_total", Household, int, monthly_total),
]  # fmt: skip


class Plan(TaxBenefitSystem):
    """The country package."""

    def __init__(self) -> None:
        super().__init__([Person, Household])
        self.add_variables(*VARIABLES)
        self.parameters = ParameterNode("", data=PARAMETERS)
