"""The rules of the plan once more, by hand, as the contract states them: what the library has to come to.

Nothing of the library is used here. Amounts are fen.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

STANDARDS = [
    (date(2016, 4, 1), 780, 234),
    (date(2017, 4, 1), 860, 258),
    (date(2018, 4, 1), 920, 276),
    (date(2019, 4, 1), 980, 294),
    (date(2020, 9, 1), 1010, 303),
    (date(2025, 9, 1), 1045, 314),
]
KNOWN_TO = date(2026, 12, 31)
"""The last day that is worked out here; a standard of later is not looked at."""
FIRST_EIGHT = {
    "uremia", "kidney_transplant", "leukemia", "gaucher_disease", "heart_transplant", "liver_transplant",
    "lung_transplant", "bone_marrow_transplant",
}  # fmt: skip
OTHER_SEVEN = {
    "malignant_tumor", "hemophilia", "aplastic_anemia", "mdr_tuberculosis", "hemiplegia", "lupus_erythematosus",
    "heart_valve_replacement",
}  # fmt: skip
FURTHER = {
    "vascular_stent", "vascular_bypass", "nephrotic_syndrome", "cirrhosis", "hyperthyroidism", "type_1_diabetes",
    "aids", "cerebral_infarction", "stromal_tumor", "alzheimers_disease", "myasthenia_gravis", "sclerosis",
    "epilepsy", "cerebral_hemorrhage_sequelae", "ankylosing_spondylitis",
}  # fmt: skip
COUNTED_INCOMES = {"wages", "business", "property", "transfer", "pension"}
IN_SCHOOL = {"primary", "junior_secondary", "senior_secondary", "vocational", "undergraduate"}


@dataclass
class Answer:
    """What a household comes to."""

    programme: str
    counted: int
    standard: int
    income: int
    countable: int
    deductions: list[tuple[str, str | None, int]] = field(default_factory=list)
    benefits: list[tuple[str, str | None, int]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """The sum of the benefits."""
        return sum(amount for _, _, amount in self.benefits)


def fen(amount: str | int) -> int:
    """An amount as stated, in fen."""
    yuan, _, cents = str(amount).partition(".")
    return int(yuan) * 100 + int((cents or "0").ljust(2, "0"))


def age(member: dict[str, Any], on: date) -> int:
    """Full years."""
    born = date.fromisoformat(member["birth_date"])
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def in_school(member: dict[str, Any], on: date) -> bool:
    """Whether a member is in school."""
    level = member.get("schooling", "none")
    return level in IN_SCHOOL or (level == "kindergarten" and age(member, on) >= 3)


def answer(
    household: dict[str, Any], on: date, readings: dict[str, str], overlays: tuple[str, ...] = ()
) -> Answer:
    """The assessment of a household that is not refused."""
    notice = "tianjin-notice-2020" in overlays
    yuan, relief = next((s, r) for start, s, r in reversed(STANDARDS) if start <= on)
    standard = yuan * 100
    members = household["members"]
    applicant = next(m["id"] for m in members if m["relationship"] == "applicant")
    parent_of = {
        m["id"]: m.get("parent", applicant if m["relationship"] == "child" else None) for m in members
    }
    counted = [m for m in members if m.get("absence", "none") == "none"]
    parents = {parent_of[m["id"]] for m in counted if in_school(m, on)}
    single = {
        _status(m, on) for m in counted if m["id"] in parents
    }  # fmt: skip
    income = sum(fen(i["monthly"]) for m in counted for i in m.get("incomes", ()) if _counts(i["kind"], on))
    deductions: list[tuple[str, str | None, int]] = []
    others = (
        {"divorced"}
        if readings.get("single-parent-scope") != "all-others"
        else {"divorced", "separated", "never_married"}
    )
    if "widowed" in single:
        deductions.append(("widowed-single-parent-deduction", None, 120_000))
    elif single & others:
        deductions.append(("divorced-single-parent-deduction", None, 80_000))
    deductions += _health(counted, standard, readings, notice=notice)
    countable = max(0, income - sum(amount for _, _, amount in deductions))
    n = len(counted)
    if countable < standard * n:
        programme = "dibao"
    elif 2 * countable < 3 * standard * n:
        programme = "low_income"
    else:
        programme = "none"
    found = Answer(programme, n, standard, income, countable, deductions)
    if programme == "dibao":
        found.benefits.append(("dibao-gap", None, standard * n - countable))
        found.benefits += [
            ("elder-supplement", m["id"], standard * 3 // 10) for m in counted if age(m, on) >= 60
        ]
        unbound = readings.get("student-scope") == "unsupported-only"
        for m in counted:
            status = m.get("guardianship", "none")
            if (status in ("scattered_orphan", "de_facto_unsupported") and in_school(m, on)) or (
                unbound and status == "scattered_orphan"
            ):
                found.benefits.append(("orphan-student-supplement", m["id"], 156_000))
    if programme == "low_income" and (
        any(m.get("disabilities") or m.get("illnesses") for m in counted)
        or single & {"widowed", "divorced", "separated", "never_married"}
        or household.get("receives_family_planning_support")
        or (household.get("childless") and all(age(m, on) >= 60 for m in counted))
        or household.get("hardship_recognized")
    ):
        found.benefits.append(("low-income-relief", None, relief * 100))
    return found


def _status(member: dict[str, Any], on: date) -> str | None:
    return member.get("marital_status", "never_married" if age(member, on) < 18 else None)


def _counts(kind: str, on: date) -> bool:
    return kind in COUNTED_INCOMES or (kind == "residents_basic_pension" and on <= date(2021, 6, 30))


def _health(
    counted: list[dict[str, Any]], standard: int, readings: dict[str, str], *, notice: bool
) -> list[Any]:
    higher = readings.get("disease-and-disability") == "higher"
    tiered = readings.get("disease-pairing") == "tiered"
    ill, disabled = {}, {}
    for member in counted:
        illnesses = set(member.get("illnesses", ()))
        disabilities = [(d["kind"], d["grade"]) for d in member.get("disabilities", ())]
        if notice:
            ill[member["id"]] = (
                150_000
                if illnesses & FIRST_EIGHT
                else 100_000
                if illnesses & OTHER_SEVEN
                else 50_000
                if illnesses & FURTHER
                else 0
            )
            severe = any(
                k in ("visual", "physical", "intellectual", "mental") and g <= 2 for k, g in disabilities
            )
            lesser = any(
                (k in ("speech", "hearing") and g <= 2) or (k in ("intellectual", "mental") and g == 3)
                for k, g in disabilities
            )
            disabled[member["id"]] = 100_000 if severe else 50_000 if lesser else 0
            continue
        first, other = illnesses & FIRST_EIGHT, illnesses & OTHER_SEVEN
        share = 3 if first or (other and not tiered) else 2 if other else 0
        ill[member["id"]] = standard * share // 2
        severe = any(
            k in ("visual", "physical", "intellectual", "mental") and g <= 2 for k, g in disabilities
        )
        disabled[member["id"]] = standard if severe else 0
    if readings.get("deduction-unit") == "household" and not notice:
        ill = {None: max(ill.values(), default=0)}
        disabled = {None: max(disabled.values(), default=0)}
    lines = [
        ("listed-disease-deduction", who, amount)
        for who, amount in ill.items()
        if amount and not (higher and amount < disabled[who])
    ]
    lines += [
        ("severe-disability-deduction", who, amount)
        for who, amount in disabled.items()
        if amount and not (higher and amount <= ill[who])
    ]
    return lines
