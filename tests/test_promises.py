"""What the design promises of the library as a whole: light, the same everywhere, safe in threads."""

import copy
import json
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import hongqiao_rules
from hongqiao_rules import Assessment, Calculator, Household, HouseholdError
from hongqiao_rules.rulebook.load import load
from tests.places import TOP
from tests.test_cases import CASES


def python(code: str, **environment: str) -> str:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "", **environment},
    )
    return run.stdout.strip()


def test_importing_the_package_reads_no_policy_and_pulls_in_nothing_heavy() -> None:
    code = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import hongqiao_rules
heavy = {"pydantic", "yaml", "numpy", "pyarrow", "z3", "durable", "hypothesis", "click"} & set(sys.modules)
print(sorted(heavy), [name for name in opened if "policies" in name])
"""
    assert python(code) == "[] []"


def test_the_rulebook_is_ready_without_yaml_and_without_pydantic() -> None:
    code = """
import sys
from hongqiao_rules.rulebook.load import load
load()
print(sorted({"pydantic", "yaml"} & set(sys.modules)))
"""
    assert python(code) == "[]"


def test_a_snapshot_and_the_files_say_the_same() -> None:
    assert load().digest == load([TOP / "policies"]).digest


def test_hash_seed_locale_and_time_zone_change_nothing() -> None:
    case = json.dumps(CASES[17]["household"])
    code = f"""
from datetime import date
from hongqiao_rules import Calculator
print(Calculator().assess_json({case!r}, on=date(2019, 5, 1)).to_json())
"""
    outputs = {
        python(code, PYTHONHASHSEED="1", LANG="C", TZ="Pacific/Kiritimati", PYTHONUTF8="1"),
        python(code, PYTHONHASHSEED="2", LANG="de_DE.UTF-8", TZ="Pacific/Pago_Pago", PYTHONUTF8="1"),
        python(code, PYTHONHASHSEED="0", LC_ALL="POSIX", PYTHONUTF8="1"),
    }
    assert len(outputs) == 1


def test_one_calculator_serves_many_threads() -> None:
    calculator = Calculator()
    work = [
        (json.dumps(case["household"]), date.fromisoformat(case["on"]))
        for case in CASES
        if not case["overlays"]
    ]

    def assessed(item: tuple[str, date]) -> str:
        return calculator.assess_json(*item).to_json()

    alone = [assessed(item) for item in work]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(assessed, work * 3)) == alone * 3


def _assessed(calculator: Calculator, household: dict[str, Any]) -> Assessment:
    return calculator.assess(household, on=date(2019, 5, 1))


@pytest.mark.parametrize("own", [False, True])
def test_calculators_and_assessments_go_to_other_processes_and_come_back(own: bool, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "notice: OF_ONES_OWN\nmessage: {zh: 自己的, en: One's own}\nrule: dibao-gap\nwhen: income == 0\n"
    )
    calculator = Calculator(
        policies=tmp_path if own else None, readings={"disease-pairing": "tiered"}, overlays=()
    )
    households = [case["household"] for case in CASES if case["on"] > "2016" and not case["overlays"]][:6]
    accepted = [h for h in households if _accepted(calculator, h)]
    assert accepted
    here = [_assessed(calculator, household) for household in accepted]
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        back = list(pool.map(_assessed, [calculator] * len(accepted), accepted))
    assert back == here
    for one, other in zip(here, back, strict=True):
        assert (one.to_json(), one.statement("en")) == (other.to_json(), other.statement("en"))
        assert hash(one) == hash(other)
        for copied in (copy.copy(one), copy.deepcopy(one)):
            assert copied.to_json() == one.to_json()
    again = pickle.loads(pickle.dumps(calculator))  # noqa: S301
    assert (again.readings, again.overlays, again.rulebook.digest) == (
        calculator.readings, calculator.overlays, calculator.rulebook.digest,
    )  # fmt: skip
    # Policies of one's own are read once where they arrive, the bundled ones are there.
    assert pickle.loads(pickle.dumps(calculator)).rulebook is again.rulebook  # noqa: S301
    assert len(pickle.dumps(calculator)) < 1000 or own


def _accepted(calculator: Calculator, household: dict[str, Any]) -> bool:
    try:
        _assessed(calculator, household)
    except HouseholdError:
        return False
    return True


def test_a_household_an_object_and_a_mapping_are_alike() -> None:
    calculator, on = Calculator(), date(2019, 5, 1)
    plain = CASES[3]["household"]
    text = json.dumps(plain)
    household = Household.from_json(text)
    said = {
        calculator.assess(form, on=on).to_json()
        for form in (plain, household, Household.from_json(household.to_json()))
    }
    assert said == {calculator.assess_json(text, on=on).to_json()}
    assert household == Household(**plain)


def test_the_public_names_are_these_and_all_can_be_had() -> None:
    assert sorted(hongqiao_rules.__all__) == hongqiao_rules.__all__
    for name in set(hongqiao_rules.__all__) - {"__version__"}:
        assert getattr(hongqiao_rules, name).__module__.startswith("hongqiao_rules.")
    assert set(hongqiao_rules.__all__) <= set(dir(hongqiao_rules))
