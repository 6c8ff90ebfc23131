"""The blocks of code in the documentation, and how each language of them is run or checked.

Documents are run one by one in a folder of their own that holds a copy of ``docs/examples``, as in a clone:

* ``python``: run; with ``>>>``, what is printed has to be what stands there (``...`` for anything).
* ``console``: lines after ``$ `` are run by a shell that knows ``hongqiao-rules``; output and errors are compared.
* ``yaml``, ``json`` with a ``title``: a file. Where the checkout has it, the block is a quotation of it, else it is
  written. Folders of policies that were written are checked as a whole when the document ends.
* ``json`` without a title: a household or an assessment.
* ``arithmetic``: sums that have to be right.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

from hongqiao_rules import Household, PolicyError
from hongqiao_rules.border.documents import AssessmentDocument
from hongqiao_rules.rulebook.load import load
from hongqiao_rules.standards import Standards

TOP = Path(__file__).resolve().parents[2]
DOCUMENTS = (TOP / "README.md", TOP / "README.zh.md", *sorted((TOP / "docs").rglob("*.md")))

_FENCE = re.compile(r"^( *)(`{3,})([^\n`]*)\n(.*?)^\1\2 *$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r'title="([^"]+)"')
_COMMAND = """#!/bin/sh
exec "{python}" -c 'import sys; sys.argv[0] = "hongqiao-rules"; from hongqiao_rules.cli import run; run()' "$@"
"""
_SET_UP = re.compile(r"python3 -m venv |git clone |(CPPFLAGS=\S+ )?\.venv/bin/pip ")
_OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_SUM = re.compile(r"[0-9.+\-*/()%≤<=> ]+")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Block:
    """A fenced block: where its first line stands, its language, its title if it has one, its text."""

    file: Path
    line: int
    language: str
    title: str | None
    text: str

    @property
    def place(self) -> str:
        return f"{self.file.relative_to(TOP)}:{self.line}"


def blocks(file: Path) -> Iterator[Block]:
    """The blocks of a document, in order."""
    text = file.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        language, _, rest = found[3].partition(" ")
        title = _TITLE.search(rest)
        line = text.count("\n", 0, found.start(4)) + 1
        yield Block(file, line, language, title and title[1], dedent(found[4]))


@dataclass
class Run:
    """One document being run in *folder*."""

    folder: Path
    names: dict[str, Any] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        shutil.copytree(TOP / "docs/examples", self.folder / "docs/examples")
        command = self.folder / ".bin" / "hongqiao-rules"
        command.parent.mkdir()
        command.write_text(_COMMAND.format(python=sys.executable))
        command.chmod(0o755)

    def block(self, block: Block) -> None:
        """Run or check one block."""
        RUNNERS[block.language](self, block)

    def python(self, block: Block) -> None:
        if ">>>" not in block.text:
            exec(compile("\n" * (block.line - 1) + block.text, str(block.file), "exec"), self.names)  # noqa: S102
            return
        test = doctest.DocTestParser().get_doctest(
            block.text, self.names, block.place, str(block.file), block.line - 1
        )
        said: list[str] = []
        results = doctest.DocTestRunner(optionflags=_OPTIONS).run(test, out=said.append, clear_globs=False)
        self.names.update(test.globs)
        assert results.failed == 0, f"{block.place}\n{''.join(said)}"

    def console(self, block: Block) -> None:
        environment = {
            "PATH": os.pathsep.join([str(self.folder / ".bin"), os.defpath]),
            "COLUMNS": "80",
            "LANG": "C.UTF-8",
        }
        for command, expected in _commands(block.text):
            if _SET_UP.match(command):
                assert not expected, f"{block.place}: set-up commands are not run, so nothing can follow them"
                continue
            done = subprocess.run(
                ["/bin/sh", "-c", command],
                cwd=self.folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                check=False,
            )
            agrees = doctest.OutputChecker().check_output(expected, done.stdout, doctest.ELLIPSIS)
            assert agrees, f"{block.place}: {command}\nexpected:\n{expected}\nfound:\n{done.stdout}"

    def file(self, block: Block) -> None:
        assert block.title is not None, f"{block.place}: a YAML block needs the title of a file"
        kept = TOP / block.title
        if kept.is_file():
            assert block.text in kept.read_text(encoding="utf-8"), f"{block.place}: not in {block.title}"
            return
        path = self.folder / block.title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
        if path.suffix == ".yaml":
            self.written.add(block.title.partition("/")[0])

    def json(self, block: Block) -> None:
        value = json.loads(block.text)
        if "members" in value:
            Household.from_json(block.text)
        elif "communities" in value:
            Standards().judge(value, on=date(2025, 12, 31))
        else:
            AssessmentDocument.model_validate(value)
        if block.title is not None:
            self.file(block)

    def arithmetic(self, block: Block) -> None:
        for line in block.text.splitlines():
            said = line.rpartition(": ")[2]
            assert holds(said), f"{block.place}: {line}"

    def end(self) -> None:
        """Check the policies that the document wrote."""
        for folder in sorted(self.written):
            try:
                load([self.folder / folder])
            except PolicyError as error:
                raise AssertionError(str(error)) from None


RUNNERS: Mapping[str, Callable[[Run, Block], None]] = {
    "python": Run.python,
    "console": Run.console,
    "yaml": Run.file,
    "json": Run.json,
    "arithmetic": Run.arithmetic,
}


def _commands(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        while command.endswith("\\"):
            more, _, output = output.partition("\n")
            command = command[:-1] + more.strip()
        yield command, output


def holds(text: str) -> bool:
    """Whether a chain such as ``2 × 980.00 − 1500.00 = 460.00`` or ``459.99 < 460`` is right, exactly."""
    plain = text.replace("×", "*").replace("−", "-").replace("÷", "/").replace(",", "")
    assert _SUM.fullmatch(plain), f"not a sum: {text}"
    parts = re.split(r"([=<>≤])", plain)
    values = [_value(part) for part in parts[::2]]
    signs = {"=": Fraction.__eq__, "<": Fraction.__lt__, ">": Fraction.__gt__, "≤": Fraction.__le__}
    assert len(values) > 1, f"nothing is compared: {text}"
    compared = zip(pairwise(values), parts[1::2], strict=True)
    return all(signs[sign](*both) for both, sign in compared)


def _value(text: str) -> Fraction:
    exact = _NUMBER.sub(lambda number: f"Fraction('{number[0]}')", text).replace("%", "/100")
    return Fraction(eval(exact.strip(), {"Fraction": Fraction}))  # noqa: S307
