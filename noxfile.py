"""The tasks of the project. ``nox -l`` lists them; ``nox -s NAME`` runs one.

Tasks run in the environment that nox itself runs in, so that nothing is installed twice. `CONTRIBUTING.md` says how to
make it; ``.ci/run`` calls the same tasks.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nox

# The tools beside this interpreter come first.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "tests"]
TOP = Path(__file__).parent
SITE = os.environ.get("SITE", str(TOP / "site"))
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; arguments go to pytest."""
    session.run("python", "-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal", *session.posargs)


@nox.session
def properties(session: nox.Session) -> None:
    """Run the Hypothesis tests with many examples each."""
    session.run(
        "python", "-m", "pytest", "-q", "-m", "hypothesis", "-n", "auto", "--dist", "worksteal", *session.posargs,
        env={"HYPOTHESIS_PROFILE": "ci", "CI": ""},
    )  # fmt: skip


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, format and the order of the rooms."""
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports", "--no-cache")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of the package."""
    session.run("mypy", *session.posargs)


@nox.session
def generate(session: nox.Session) -> None:
    """Write the generated files; ``nox -s generate -- --check`` only names stale ones."""
    session.run("python", "scripts/generate.py", *session.posargs)


@nox.session
def policies(session: nox.Session) -> None:
    """Prove the properties of the bundled policies, and try changes of figures and boundaries on their examples."""
    check = ("python", "-m", "hongqiao_rules", "check")
    session.run(*check, "--prove", "--seconds", "600")
    kinds = ("figure", "boundary", "rounding", "precedence")
    only = [word for kind in kinds for word in ("--only", kind)]
    session.run(*check, "--mutate", *only, "--seconds", "600", "--lang", "en")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site into ``SITE`` (by default ``site/``); a broken link or anchor fails."""
    session.run("mkdocs", "build", "--strict", "--site-dir", SITE, env=QUIET)


@nox.session
def browser(session: nox.Session) -> None:
    """Try the built site in Chromium, where it is installed."""
    session.run("python", "-m", "pytest", "-q", "-rs", "-n", "2", "tests/browser", env={"SITE": SITE})


@nox.session
def frames(session: nox.Session) -> None:
    """Run the tests that need pandas, Polars, ProperDocs or Spark."""
    session.run(
        "python", "-m", "pytest", "-q", "-rs", "-n", "2", "tests/population/test_spark.py", "tests/population/test_frames.py",
        "tests/population/test_decimals.py", "tests/docs/test_site.py",
    )  # fmt: skip
