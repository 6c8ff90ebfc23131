"""Write the files that follow from the policies and catalogues; with ``--check``, only name stale ones.

    python scripts/generate.py [--check]

These are the compiled catalogues of sentences, the typed models (``hongqiao_rules/household/models.py`` and
``hongqiao_rules/decision/figures.py``), the JSON Schemas of households, assessments and policy files, the snapshot with which
the bundled policies load fast, and the JavaScript module of the site. ``site_pages.py`` makes pages when the site is built.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import catalogues
from site_pages import rulebooks
from site_words import LOCALE
from typed_models import figures, household

from hongqiao_rules.engines.javascript import module as javascript
from hongqiao_rules.errors import HongqiaoRulesError
from hongqiao_rules.plan.bundled_coverage import coverage
from hongqiao_rules.rulebook.folders import SNAPSHOT, snapshot
from hongqiao_rules.rulebook.load import read_bundled

TOP = Path(__file__).resolve().parents[1]


def generated() -> Iterator[tuple[Path, str | bytes]]:
    """Yield each generated file with its content."""
    yield from catalogues.files()
    yield from (file for file in catalogues.files(LOCALE) if file[0].suffix == ".po")
    for part in ("", "standards"):
        yield TOP / "policies" / part / SNAPSHOT, snapshot(*read_bundled(part))
    coverage()  # tells each rule that no sentence of the plan names
    rulebook = rulebooks()[""]
    yield TOP / "hongqiao_rules" / "household" / "models.py", household(rulebook)
    yield TOP / "hongqiao_rules" / "decision" / "figures.py", figures(rulebook)
    from hongqiao_rules.schemas import policy_schemas, schema

    for name, text in policy_schemas().items():
        yield TOP / "policies" / "schema" / f"{name}.schema.json", text
    for name in ("household", "assessment", "district", "rulebook"):
        yield TOP / "docs" / "schemas" / f"{name}.schema.json", schema(name)
    yield TOP / "docs" / "assets" / "rules.mjs", javascript.module(rulebook)
    yield TOP / "docs" / "assets" / "rules.d.mts", javascript.types(rulebook.fields)


def main() -> int:
    """Write or check the files; return the exit status: 1 where a catalogue is wrong or a checked file stale."""
    wrong = [*catalogues.faults(), *catalogues.faults(LOCALE)]
    print("".join(f"wrong: {fault}\n" for fault in wrong), end="")
    stale = 0
    for path, content in generated():
        written = content if isinstance(content, bytes) else content.encode()
        if path.is_file() and path.read_bytes() == written:
            continue
        stale += 1
        print("stale:" if "--check" in sys.argv else "written:", path.relative_to(TOP))
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written)
            if path.suffix == ".py":  # the schemas are made from the typed models, which are imported by now
                os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606
    return 1 if wrong or (stale and "--check" in sys.argv) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HongqiaoRulesError as error:  # the policies have faults: each with its place
        sys.exit(str(error))
