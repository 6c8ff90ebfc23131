"""The synthetic register is what its figures say, and says of each whether it is sourced."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from click.testing import CliRunner

from hongqiao_rules.cli import main
from hongqiao_rules.population.synthesize.synthetic_register import BLOCK, FIGURES, Register

ON = date(2020, 11, 1)


@pytest.fixture(scope="module")
def made():
    """Households of two blocks, members, and their ages."""
    households = pa.Table.from_batches(Register(9, ON).batches(2 * BLOCK))
    members = pc.list_flatten(households["members"]).combine_chunks()
    days = members.field("birth_date").cast(pa.string()).to_pylist()
    ages = np.array([ON.year - int(d[:4]) - (d[5:] > f"{ON:%m-%d}") for d in days])
    return households, members, ages


def percent(which):
    return 100 * float(np.mean(which))


def test_ages_are_those_of_the_census_within_two_points(made):
    *_, ages = made
    for said, which in zip(FIGURES[:3], (ages < 15, ages >= 60, ages >= 65), strict=True):
        assert abs(percent(which) - float(said.value.rstrip("%"))) < 2


def test_households_and_their_facts_are_as_many_as_is_said(made):
    households, members, ages = made
    assert 2.2 <= len(members) / len(households) <= 2.4
    listed = {
        name: pc.list_value_length(members.field(name)).to_numpy() > 0
        for name in ("illnesses", "disabilities")
    }
    absent = pc.not_equal(members.field("absence").cast(pa.string()), "none").to_numpy(zero_copy_only=False)
    others = pc.not_equal(members.field("relationship").cast(pa.string()), "applicant").to_numpy(
        zero_copy_only=False
    )
    orphans = pc.not_equal(members.field("guardianship").cast(pa.string()), "none").to_numpy(
        zero_copy_only=False
    )
    for which, share in (
        (listed["illnesses"], 4), (listed["disabilities"], 6), (absent[others], 1), (orphans[ages < 24], 2),
        (households["receives_family_planning_support"], 2), (households["childless"], 6), (households["hardship_recognized"], 2),
    ):  # fmt: skip
        assert abs(percent(which) - share) < 0.5


def test_the_first_of_a_larger_register_are_the_same():
    small, large = (pa.Table.from_batches(Register(9, ON).batches(count)) for count in (10, BLOCK + 10))
    assert large.slice(0, 10).to_pylist() == small.to_pylist()
    assert large["id"][-1].as_py() == f"HQ-{BLOCK + 10:09}"


@pytest.mark.parametrize(("lang", "words"), [("en", ("sourced", "chosen")), ("zh", ("有出处", "自定"))])
def test_every_figure_says_in_both_languages_whether_it_is_sourced(lang, words):
    asked = ["population", "synthesize", "--households", "1", "--seed", "0", "--figures", "--lang", lang]
    lines = CliRunner().invoke(main, asked).stdout.splitlines()
    assert len(lines) == len(FIGURES)
    assert all(sum(word in line for word in words) >= 1 for line in lines)
