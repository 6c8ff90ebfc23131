"""What is shipped: the wheel holds the package and its policies, nothing else, and works where it is installed."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from hongqiao_rules import __version__
from tests.places import TOP


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel, built through the source distribution as a release would be."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(TOP)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


def test_the_wheel_holds_the_package_and_its_policies(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"hongqiao_rules"}
    policies = {
        f"hongqiao_rules/{file.relative_to(TOP).as_posix()}"
        for file in (TOP / "policies").rglob("*")
        if file.is_file()
    }
    assert policies <= names
    assert "hongqiao_rules/py.typed" in names


def test_the_wheel_has_the_version_of_the_package_and_an_entry_in_the_changelog(wheel: Path) -> None:
    assert wheel.name.startswith(f"hongqiao_rules-{__version__}-")
    entry = "Unreleased" if ".dev" in __version__ else __version__
    assert f"\n## [{entry}]" in (TOP / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_installed_wheel_assesses(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own, with nothing but what a user gets, away from the checkout."""
    venv.create(tmp_path / "env")
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = ["--python", python, "install", "-q", "--disable-pip-version-check", wheel]
    subprocess.run([sys.executable, "-m", "pip", *install], check=True)
    household = TOP / "docs/examples/widowed.json"
    command = [python, "-m", "hongqiao_rules", "assess", household, "--on", "2019-05-01", "--format", "json"]
    done = subprocess.run(command, capture_output=True, check=True, cwd=tmp_path)
    assert json.loads(done.stdout)["monthly_total"] == "460.00"
    checked = subprocess.run(
        [python, "-m", "hongqiao_rules", "check"], capture_output=True, check=False, cwd=tmp_path
    )
    assert (checked.returncode, checked.stderr) == (0, b"")
    district = [TOP / "docs/examples/district.json", "--on", "2025-12-31", "--format", "json"]
    for more in (["coverage"], ["standards", *district]):
        subprocess.run([python, "-m", "hongqiao_rules", *more], capture_output=True, check=True, cwd=tmp_path)


def test_the_policies_are_read_out_of_the_zipped_wheel(wheel: Path, tmp_path: Path) -> None:
    code = (
        "from hongqiao_rules import Calculator; from hongqiao_rules.plan.bundled_coverage import coverage; "
        "print(Calculator().rulebook.digest, len(coverage().entries))"
    )
    kept = [path for path in sys.path if "site-packages" in path]
    environment = {"PATH": "", "PYTHONPATH": os.pathsep.join([str(wheel), *kept])}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=environment,
    )
    assert done.stdout.startswith("sha256:")
    assert done.stdout.endswith(" 179\n")
