"""A household as a caller states it. Written by ``scripts/generate.py`` from ``policies/vocabulary``; do not edit."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from hongqiao_rules.household.fields import Day, FrozenModel, Grade, Money, NotNull, Several, Text
from hongqiao_rules.household.model_errors import Refusing, RefusingWhole

Absence = Literal[
    "none", "imprisoned", "compulsory_rehabilitation", "conscript", "religious_order", "declared_missing"
]
"""Absence from the household. 不在家庭共同生活的情形。"""

DestituteSupport = Literal["none", "scattered", "institutional"]
"""Support as a destitute person. 特困人员供养方式。"""

DisabilityKind = Literal["visual", "physical", "intellectual", "mental", "speech", "hearing"]
"""Kind of disability. 残疾类别。"""

Guardianship = Literal["none", "scattered_orphan", "institutional_orphan", "de_facto_unsupported"]
"""Orphan or without support. 孤儿或事实无人抚养情况。"""

Illness = Literal[
    "uremia",
    "kidney_transplant",
    "leukemia",
    "gaucher_disease",
    "heart_transplant",
    "liver_transplant",
    "lung_transplant",
    "bone_marrow_transplant",
    "malignant_tumor",
    "hemophilia",
    "aplastic_anemia",
    "mdr_tuberculosis",
    "hemiplegia",
    "lupus_erythematosus",
    "heart_valve_replacement",
    "vascular_stent",
    "vascular_bypass",
    "nephrotic_syndrome",
    "cirrhosis",
    "hyperthyroidism",
    "type_1_diabetes",
    "aids",
    "cerebral_infarction",
    "stromal_tumor",
    "alzheimers_disease",
    "myasthenia_gravis",
    "sclerosis",
    "epilepsy",
    "cerebral_hemorrhage_sequelae",
    "ankylosing_spondylitis",
    "other_major_illness",
]
"""Illness. 疾病。"""

IncomeKind = Literal[
    "wages",
    "business",
    "property",
    "transfer",
    "pension",
    "residents_basic_pension",
    "special_care_pension",
    "family_planning_award",
    "scholarship",
    "valor_award",
    "social_assistance",
    "disability_subsidy",
]
"""Kind of income. 收入种类。"""

LivingArrangement = Literal["alone", "with_spouse_only", "with_children", "with_others", "in_institution"]
"""Living arrangement. 居住状况。"""

MaritalStatus = Literal["never_married", "married", "separated", "divorced", "widowed"]
"""Marital status. 婚姻状况。"""

Relationship = Literal[
    "applicant", "spouse", "child", "parent", "grandparent", "grandchild", "sibling", "other"
]
"""Relationship to the applicant. 与申请人关系。"""

Schooling = Literal[
    "none",
    "kindergarten",
    "primary",
    "junior_secondary",
    "senior_secondary",
    "vocational",
    "undergraduate",
    "postgraduate",
]
"""Schooling (full-time). 就学情况（全日制）。"""

SelfCare = Literal["independent", "partly_dependent", "dependent"]
"""Self-care. 生活自理能力。"""

UniversityAdmission = Literal["none", "this_year"]
"""Admission to university. 高考录取情况。"""


class Disability(FrozenModel, metaclass=Refusing):
    """One of a member's disabilities. 残疾。"""

    kind: DisabilityKind
    """Kind of disability. 残疾类别。"""
    grade: Grade
    """Grade of disability. 残疾等级。"""


class Income(FrozenModel, metaclass=Refusing):
    """One of a member's incomes. 收入。"""

    kind: IncomeKind
    """Kind of income. 收入种类。"""
    monthly: Money
    """Amount a month (yuan). 每月金额（元）。"""


class Member(FrozenModel, metaclass=Refusing):
    """Household member. 家庭成员。"""

    id: Text
    """Member id. 成员编号。"""
    relationship: Relationship
    """Relationship to the applicant. 与申请人关系。"""
    birth_date: Day
    """Date of birth. 出生日期。"""
    parent: Annotated[Text | None, NotNull] = None
    """Parent. 父亲或母亲。 When absent: the applicant for a child; nobody for others."""
    marital_status: Annotated[MaritalStatus | None, NotNull] = None
    """Marital status. 婚姻状况。

    When absent: never married under 18; from 18 on it must be stated for the applicant and for whoever is a member's parent.
    """
    schooling: Schooling = "none"
    """Schooling. 就学情况。 When absent: none."""
    guardianship: Guardianship = "none"
    """Orphan or without support. 孤儿或事实无人抚养情况。 When absent: none."""
    illnesses: Annotated[tuple[Illness, ...], Several] = ()
    """Major illnesses. 重大疾病。 When absent: none."""
    disabilities: Annotated[tuple[Disability, ...], Several] = ()
    """Disabilities. 残疾。 When absent: none."""
    incomes: Annotated[Annotated[tuple[Income, ...], Several] | None, NotNull] = None
    """Incomes. 收入。

    When absent: must be stated for a counted member from 16 on (an empty list says none); none for others.
    """
    absence: Absence = "none"
    """Absence from the household. 不在家庭共同生活的情形。 When absent: none."""
    self_care: Annotated[SelfCare | None, NotNull] = None
    """Self-care. 生活自理能力。 When absent: not stated; nothing is concluded from it."""
    living_arrangement: Annotated[LivingArrangement | None, NotNull] = None
    """Living arrangement. 居住状况。 When absent: not stated; nothing is concluded from it."""
    destitute_support: Annotated[DestituteSupport | None, NotNull] = None
    """Support as a destitute person. 特困人员供养方式。 When absent: not stated; nothing is concluded from it."""
    university_admission: Annotated[UniversityAdmission | None, NotNull] = None
    """Admission to university. 高考录取情况。 When absent: not stated; nothing is concluded from it."""


class Household(FrozenModel, metaclass=RefusingWhole):
    """Household. 家庭。"""

    id: Text
    """Household id. 家庭编号。"""
    members: Annotated[tuple[Member, ...], Field(strict=False, min_length=1, max_length=100)]
    """The members, the applicant among them. 家庭成员，包括申请人。"""
    receives_family_planning_support: bool = False
    """Receives the special family planning support. 领取计划生育特别扶助金。 When absent: no."""
    childless: bool = False
    """Has no children. 无子女。 When absent: no."""
    hardship_recognized: bool = False
    """Other hardship recognised by the district's civil affairs and finance bureaus. 经区民政、财政部门共同认定的其他困难。

    When absent: no.
    """

    @classmethod
    def from_json(cls, text: str | bytes) -> Household:
        """Return the household of a JSON text.

        Raises:
            HouseholdError: The text is not JSON, or something in it is invalid; ``faults`` has all faults.
        """
        from hongqiao_rules.household.facts_reader import reader_of
        from hongqiao_rules.household.json_text import parse
        from hongqiao_rules.rulebook.load import bundled_rulebook

        return reader_of(bundled_rulebook(), cls).read(parse(text), None)

    def to_json(self) -> str:
        """Return the household as JSON, with only the fields that were stated."""
        return self.model_dump_json(exclude_unset=True)
