"""What a rule says, as a sentence: in both languages, for every rule, and word by word for every operation."""

import re
from collections.abc import Iterator

import pytest

from hongqiao_rules import Calculator
from hongqiao_rules.explanation.rule_sentences import Sentences
from hongqiao_rules.language.nodes import Divide, Node, operations, walk
from hongqiao_rules.rulebook.definitions import FOREVER, Origin
from hongqiao_rules.rulebook.faults import Faults
from hongqiao_rules.rulebook.link import Linker
from hongqiao_rules.rulebook.load import Rulebook, load
from tests.places import TESTS

BUNDLED = Calculator().rulebook
TOY = load([TESTS / "toy" / "policies"])
DAY = 20251101


def sentences(rulebook: Rulebook, lang: str) -> Iterator[tuple[str, str]]:
    for overlays in ((), *((name,) for name in rulebook.definitions.overlays)):
        linked = rulebook.linked(overlays)
        for versions in linked.versions.values():
            for typed in versions:
                yield typed.rule.id, Sentences(linked, lang, DAY).version(typed)


@pytest.mark.parametrize("rulebook", [BUNDLED, TOY], ids=["bundled", "toy"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_version_of_every_rule_has_a_whole_sentence(rulebook: Rulebook, lang: str) -> None:
    said = list(sentences(rulebook, lang))
    assert len(said) >= len(rulebook.definitions.rules)
    for rule, sentence in said:
        assert sentence.endswith("。" if lang == "zh" else "."), rule
        assert sentence[0].isupper() or lang == "zh" or sentence[0] == "“", rule
        assert not re.search(r"[_{}=<>*]|None|the the|the an? |  ", sentence), sentence
        for opening, closing in ("（）", "()", "“”"):
            assert sentence.count(opening) == sentence.count(closing), sentence
        if lang == "en":
            assert not re.search(r"[\u4e00-\u9fff，。；]", sentence), sentence


def test_no_operation_is_without_words() -> None:
    """The toy jurisdiction uses every operation; here it is seen that none of them is left out of the sentences."""
    found: set[type[Node]] = set()
    for versions in TOY.linked(()).versions.values():
        for typed in versions:
            for tree in (typed.value, *(node for _, node in typed.conditions)):
                found |= {type(node) for node in walk(tree)}
    assert found >= set(operations("written")) - {Divide}


def say(text: str, about: str, lang: str) -> str:
    linker = Linker(BUNDLED.definitions, (), Faults(BUNDLED.files))
    linked = linker.link()
    linker.current.append(set())
    node = linker.expression(text, about, Origin("policies/rulebook.yaml"))
    assert node is not None
    return Sentences(linked, lang, DAY).visit(node)


@pytest.mark.parametrize(
    ("about", "expression", "zh", "en"),
    [
        ("member", "age >= elder_age", "周岁达到老年人起始年龄（60周岁）", "the age in full years is at least the age from which someone is an elder (60 years)"),
        ("member", "absence == 'none'", "不在家庭共同生活的情形为“无”", "the absence from the household is “none”"),
        ("member", "absence != 'conscript'", "不在家庭共同生活的情形不为“现役义务兵”", "the absence from the household is not “conscript on active service”"),
        ("member", "not in_school", "不符合“在校”", "“In school” does not apply"),
        ("member", "schooling in school_levels", "就学情况属于“算作在校的学段（学龄前另计）”", "the schooling is one of “Levels of school that count as in school (beside kindergarten)”"),
        ("member", "schooling not in ('primary', 'kindergarten')", "就学情况不属于“幼儿园”“小学”", "the schooling is not one of “kindergarten”, “primary school”"),
        ("member", "'uremia' in illnesses", "“重大疾病”中有“尿毒症”", "“uremia” is among “Major illnesses”"),
        ("member", "counted or in_school and childless", "符合“计入共同生活的家庭成员”，或者（符合“在校”，并且符合“无子女”）", "“Counted as a member of the household” applies or (“In school” applies and “Has no children” applies)"),
        ("member", "(counted or childless) and in_school", "（符合“计入共同生活的家庭成员”，或者符合“无子女”），并且符合“在校”", "(“Counted as a member of the household” applies or “Has no children” applies) and “In school” applies"),
        ("member", "not (counted and in_school)", "并非（符合“计入共同生活的家庭成员”，并且符合“在校”）", "it is not the case that (“Counted as a member of the household” applies and “In school” applies)"),
        ("member", "any(child.in_school for child in children)", "以本人为“父亲或母亲”的家庭成员中至少有一名：符合“在校”", "for at least one of the household members who name this one as “Parent”, “In school” applies"),
        ("member", "not any(True for illness in illnesses)", "没有任何“重大疾病”", "there is none of “Major illnesses”"),
        ("household", "all(member.in_school for member in members if member.counted)", "符合“计入共同生活的家庭成员”的家庭成员全部：符合“在校”", "for each of the household members where “Counted as a member of the household” applies, “In school” applies"),
        ("household", "dibao_standard * elder_supplement_share", "城市居民最低生活保障标准（1045.00元）的30%", "30% of the urban dibao standard (1045.00 yuan)"),
        ("household", "(income - total(deductions)) * counted_members", "（家庭月收入减去“收入扣减”各项之和）乘以共同生活的家庭成员数", "(the monthly household income minus the sum of “Deductions from income”) times the counted members"),
        ("household", "min(income, dibao_line)", "家庭月收入与家庭的低保线中的较小者", "the smaller of the monthly household income and the dibao line of the household"),
        ("household", "max(0, income - dibao_line)", "家庭月收入减去家庭的低保线（低于零的按零计）", "the monthly household income minus the dibao line of the household, but not below zero"),
        ("household", "reading('deduction-unit') == 'household'", "政策口径“疾病和重残抵扣按什么计”取“按户，同类只扣一次，取最高”", "the reading “What the disease and disability deductions are counted by” is set to “By household, the largest of a kind, once”"),
        ("member", "birth_date < on", "出生日期早于核算日期", "the date of birth is before the assessment date"),
        ("household", "income if childless else 0", "依次按下列情形确定：（1）符合“无子女”的，为家庭月收入；（2）其他情形，为零", "the first of these that applies: (1) where “Has no children” applies, the monthly household income; (2) otherwise, zero"),
    ],
    ids=lambda text: text if len(text) < 60 and text.isascii() else "",
)  # fmt: skip
def test_an_expression_in_words(about: str, expression: str, zh: str, en: str) -> None:
    assert say(expression, about, "zh") == zh
    assert say(expression, about, "en") == en


def test_without_a_day_no_figure_stands_in_a_sentence() -> None:
    linked = BUNDLED.linked(())
    (typed,) = linked.versions["elder-supplement"]
    assert typed.version.end == FOREVER
    assert Sentences(linked, "zh").version(typed) == (
        "对每一名家庭成员：救助类别为“最低生活保障（低保）”，并且符合“计入共同生活的家庭成员”，并且周岁达到老年人起始年龄的，"
        "60周岁以上老年人增发为城市居民最低生活保障标准乘以老年人增发比例。"
    )


def test_a_sentence_has_the_figures_of_its_day() -> None:
    linked = BUNDLED.linked(())
    (typed,) = linked.versions["standard"]
    assert "（980.00元）" in Sentences(linked, "zh", 20200831).version(typed)
    assert "（1010.00元）" in Sentences(linked, "zh", 20200901).version(typed)
    assert "元）" not in Sentences(linked, "zh", 20130331).version(typed)
