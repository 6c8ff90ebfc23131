"""Labels of a register as codes: blanks around them, several in a cell, and what is said of those that have none."""

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq
import pytest
import yaml

from hongqiao_rules.errors import RequestError
from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.population.file_runs import Targets, assess_files
from hongqiao_rules.population.read import mapping
from hongqiao_rules.population.read.mapping import Mapping
from hongqiao_rules.population.read.sources import Source
from hongqiao_rules.rulebook.load import bundled_rulebook
from tests.population.test_border import ON

DEFINITIONS = bundled_rulebook().definitions


@pytest.fixture(scope="module")
def template(calculator):
    return yaml.safe_load(mapping.template(calculator.rulebook.definitions))


def coded(name, cells, labels):
    table = pa.table({name: pa.array(cells, pa.string())})
    return Mapping(codes={name: labels}).renamed(table, DEFINITIONS, of_members=True)[name].to_pylist()


LABELS = {"尿毒症": "uremia", "艾滋病": "aids", "无": "", "甲、乙": "epilepsy"}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("尿毒症", "uremia"), (" 尿毒症\u3000", "uremia"), ("尿毒症;艾滋病", "uremia;aids"),
        ("尿毒症、 艾滋病", "uremia;aids"), ("尿毒症；aids", "uremia;aids"), ("甲、乙", "epilepsy"), ("无", ""), (None, None),
    ],
)  # fmt: skip
def test_a_label_is_its_code_alone_and_among_others(cell, code):
    assert coded("illnesses", [cell, "aids"], LABELS) == [code, "aids"]


@pytest.mark.parametrize(
    ("cell", "left"),
    [("感冒", "感冒"), ("感冒 ", "感冒 "), ("尿毒症、感冒", "uremia;感冒"), ("尿毒症、", "uremia;")],
)
def test_what_has_no_label_stays_to_be_refused(cell, left):
    assert coded("illnesses", [cell], LABELS) == [left]


def test_every_illness_and_grade_of_the_template_is_read(calculator, template, tmp_path):
    """A member a label, each against the same in codes."""
    illnesses, disabilities = template["codes"]["illnesses"], template["codes"]["disabilities"]
    assert set(illnesses.values()) - {""} == set(calculator.rulebook.definitions.codes["illness"].values)
    assert len(set(disabilities.values()) - {""}) == 24
    head = "家庭编号,成员编号,与申请人关系,婚姻状况,出生日期,月收入（工资性收入）,重大疾病,残疾\n"
    rows = [(label, "") for label in illnesses] + [("", label) for label in disabilities]
    said = [(illnesses.get(one, one), disabilities.get(other, other)) for one, other in rows]
    found = []
    for name, cells in (("labels", rows), ("codes", said)):
        lines = (f"{n},1,申请人,已婚,1990-01-01,3000,{one},{other}\n" for n, (one, other) in enumerate(cells))
        (tmp_path / f"{name}.csv").write_text(head + "".join(lines), "utf-8")
        named = Mapping(template["households"], template["members"], template["codes"])
        source = Source(tmp_path / f"{name}.csv", None, named)
        targets = Targets(tmp_path / f"{name}.out.csv", tmp_path / f"{name}.rejects.csv")
        counts = assess_files(Assessor(calculator, ON), source, targets)
        assert (counts.assessed, counts.refused) == (len(rows), False)
        found.append(csv.read_csv(targets.results).to_pylist())
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (b"members:\n  a: [\n", "line 3"), (b"members:\n\ta: id\n", "line 2"),
        ("members: {姓名: id}\n".encode("gb18030"), "UTF-8"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_read_says_where_or_what_to_do(calculator, tmp_path, said, told):
    (tmp_path / "mapping.yaml").write_bytes(said)
    with pytest.raises(RequestError, match=r"FILE_UNREADABLE") as refused:
        mapping.read(tmp_path / "mapping.yaml", calculator.rulebook.definitions)
    assert told in refused.value.message
    assert told in refused.value.say("zh")


@pytest.mark.parametrize(
    ("said", "told", "meant"),
    [
        ("codes: {relationshp: {户主: applicant}}", "codes.relationshp", "relationship"),
        ("members: {月收入: income_wage}", "members.income_wage", "income_wages"),
        ("households: {户编号: household}", "households.household", ""),
        ("codes: {relationship: {户主: aplicant}}", "codes.relationship.aplicant", "applicant"),
    ],
)  # fmt: skip
def test_a_name_that_is_nothing_here_is_refused_with_what_was_meant(calculator, tmp_path, said, told, meant):
    (tmp_path / "mapping.yaml").write_text(said, "utf-8")
    with pytest.raises(RequestError, match=r"MAPPING_SHAPE") as refused:
        mapping.read(tmp_path / "mapping.yaml", calculator.rulebook.definitions)
    assert told in refused.value.message
    assert meant in refused.value.message.rpartition("?")[0] or not meant


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("members:\n  姓名: id\n  序号: id\n  姓名: parent\n", ":4: 姓名"),
        ("members: {姓名: id}\nignore: []\nmembers: {序号: id}\n", ":3: members"),
        ("codes:\n  schooling: {小学: primary, 小学: none}\n", ":2: 小学"),
    ],
)
def test_what_stands_twice_in_a_mapping_is_refused_at_its_line(calculator, tmp_path, said, told):
    (tmp_path / "mapping.yaml").write_text(said, "utf-8")
    with pytest.raises(RequestError, match=r"MAPPING_TWICE") as refused:
        mapping.read(tmp_path / "mapping.yaml", calculator.rulebook.definitions)
    assert told in refused.value.message


@pytest.mark.parametrize(
    "said", ["members: &a {x: *a}", "[" * 5000, "ignore: [2020-13-45]", "members: {? {a: b} : id}"]
)
def test_odd_yaml_is_refused_as_any_other(calculator, tmp_path, said):
    (tmp_path / "mapping.yaml").write_text(said, "utf-8")
    with pytest.raises(RequestError, match=r"FILE_UNREADABLE|MAPPING_SHAPE"):
        mapping.read(tmp_path / "mapping.yaml", calculator.rulebook.definitions)


def test_a_name_in_capitals_is_the_same_format(calculator, tmp_path):
    """As some exports have it."""
    head = "household,id,relationship,birth_date,marital_status,income_wages\n"
    (tmp_path / "IN.CSV").write_text(head + "A,a,applicant,1990-01-01,married,0\n", "utf-8")
    targets = Targets(tmp_path / "out.csv", tmp_path / "rejects.csv")
    assert assess_files(Assessor(calculator, ON), Source(tmp_path / "IN.CSV"), targets).assessed == 1


def test_an_empty_table_is_told_as_such(tmp_path):
    (tmp_path / "in.csv").write_text("", "utf-8")
    with pytest.raises(RequestError, match=r"FILE_UNREADABLE.*empty"):
        Source(tmp_path / "in.csv")


def test_a_label_that_is_not_known_is_refused_with_its_blanks_to_be_seen(calculator, tmp_path):
    text = "household,id,relationship,birth_date,marital_status,income_wages\nA,a,applicant,1990-01-01,married ,0\n"
    (tmp_path / "in.csv").write_text(text, "utf-8")
    targets = Targets(tmp_path / "out.csv", tmp_path / "rejects.csv")
    assess_files(Assessor(calculator, ON), Source(tmp_path / "in.csv"), targets, lang="zh")
    [told] = csv.read_csv(targets.rejects).to_pylist()
    assert (told["code"], told["path"]) == ("UNKNOWN_CODE", "/members/0/marital_status")
    assert "“married ”" in told["message"]


def nested(tmp_path, rows):
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "in.parquet")
    return tmp_path / "in.parquet"


def test_members_inside_their_household_are_mapped_too(calculator, tmp_path):
    number = "120106197803020009"
    mother = {"姓名": "王芳", "关系": "户主", "证件": number, "婚姻": "丧偶 ", "工资": "2700", "电话": "1"}
    son = {"姓名": "王小明", "关系": "子女", "证件": "120106200909010006", "在读": "小学"}
    path = nested(
        tmp_path, [{"户号": "H", "家庭成员": [mother | {"在读": None}, son]}, {"户号": "I", "家庭成员": None}]
    )
    named = Mapping(
        {"户号": "id", "家庭成员": "members"},
        {"姓名": "id", "关系": "relationship", "证件": "id_number", "婚姻": "marital_status", "在读": "schooling",
         "工资": "income_wages"},
        {"relationship": {"户主": "applicant", "子女": "child"}, "marital_status": {"丧偶": "widowed"},
         "schooling": {"小学": "primary"}},
        ("电话",),
    )  # fmt: skip
    targets = Targets(tmp_path / "out.csv", tmp_path / "rejects.csv")
    counts = assess_files(Assessor(calculator, ON), Source(path, None, named), targets)
    assert (counts.assessed, counts.rejected) == (1, 1)
    [row] = csv.read_csv(targets.results).to_pylist()
    assert (row["household"], row["widowed_single_parent_deduction"]) == ("H", 1200)
    assert [r["code"] for r in csv.read_csv(targets.rejects).to_pylist()] == ["MISSING_FIELD"]


def test_a_single_table_of_members_in_parquet_is_known_by_its_columns(calculator, tmp_path):
    person = {"household": "H", "id": "a", "relationship": "applicant", "birth_date": "1950-01-01"}
    path = nested(tmp_path, [{**person, "marital_status": "widowed", "income_pension": "0"}])
    for named in (None, Mapping(ignore=("电话",))):
        targets = Targets(tmp_path / "out.csv", tmp_path / "rejects.csv")
        assert assess_files(Assessor(calculator, ON), Source(path, None, named), targets).assessed == 1
