"""The blocks of code in the documentation, and how each language of them is run or checked, by Sybil.

Documents are run one by one in a folder of their own that holds a copy of ``docs/examples``, as in a clone:

* ``python``: run; with ``>>>``, what is printed has to be what stands there (``...`` for anything).
* ``console``: lines after ``$ `` are run by a shell that knows ``hongqiao-rules``; output and errors are compared. A
  command alone, which needs no shell, is run here, where what it imports is there already. Where there is no Node, what it
  would run is passed over.
* ``javascript`` with a ``title``: a file, which a command of the document gives to Node.
* ``yaml``, ``json`` with a ``title``: a file. Where the checkout has it, the block is a quotation of it, else it is
  written; what a command of the document wrote has to be quoted as it is. Folders of policies that were written are checked as a whole when the document ends.
* ``json`` without a title: a household, an assessment or a case.
* ``arithmetic``: sums that have to be right.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from textwrap import indent

from click.testing import CliRunner
from sybil import Document, Example, Sybil
from sybil.parsers.abstract.codeblock import AbstractCodeBlockParser, PythonDocTestOrCodeBlockParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer
from sybil.typing import Evaluator

from hongqiao_rules import Household, PolicyError
from hongqiao_rules.cli import main
from hongqiao_rules.decision.assessment_document import assessment_document
from hongqiao_rules.rulebook.load import bundled_rulebook, load
from hongqiao_rules.standards import Standards
from tests.docs.source import TOP, place

LANGUAGES = ("python", "console", "javascript", "yaml", "json", "arithmetic")

_LEXER = RawFencedCodeBlockLexer(re.compile(r'(?P<language>\w+)(?:[^\n]*?title="(?P<title>[^"]+)")?[^\n]*\n'))
_COMMAND = """#!/bin/sh
exec "{python}" -c 'import sys; sys.argv[0] = "hongqiao-rules"; from hongqiao_rules.cli import run; run()' "$@"
"""
_SET_UP = re.compile(r"python3 -m venv |git clone |(CPPFLAGS=\S+ )?\.venv/bin/pip ")
_NODE = shutil.which("node")
_OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_SHELL = re.compile(r"[|&;<>$`*?~]")
_SUM = re.compile(r"[0-9.+\-*/()%≤<=> ]+")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Block:
    """A fenced block: where its fence stands, its language, its title if it has one, its text."""

    place: str
    language: str
    title: str | None
    text: str


def blocks(file: Path) -> Iterator[Block]:
    """The blocks of a document, in order."""
    document = Document(file.read_text(encoding="utf-8"), str(file))
    for region in sorted(_LEXER(document), key=lambda region: region.start):
        line = document.text.count("\n", 0, region.start) + 1
        said = region.lexemes
        yield Block(f"{place(file)}:{line}", said["language"], said["title"], said["source"])


class Fenced(AbstractCodeBlockParser):
    """Finds the fenced blocks of one language, with or without a title."""

    def __init__(self, language: str, evaluator: Evaluator) -> None:
        super().__init__([_LEXER], language, evaluator, language_lexeme_name="language")


class Python(PythonDocTestOrCodeBlockParser):
    """Finds blocks of Python, and the examples after ``>>>`` in them."""

    codeblock_parser_class = Fenced


@dataclass
class Run:
    """One document being run in *folder*."""

    folder: Path
    written: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        shutil.copytree(TOP / "docs/examples", self.folder / "docs/examples")
        command = self.folder / ".bin" / "hongqiao-rules"
        command.parent.mkdir()
        command.write_text(_COMMAND.format(python=sys.executable))
        command.chmod(0o755)

    def document(self, file: Path) -> Document:
        """A document whose examples, evaluated in turn, run or check its blocks."""
        others = {
            "console": self.console,
            "javascript": self.file,
            "yaml": self.file,
            "json": self.json,
            "arithmetic": self.arithmetic,
        }
        parsers = [Fenced(language, evaluator) for language, evaluator in others.items()]
        return Sybil([Python(doctest_optionflags=_OPTIONS), *parsers]).parse(file)

    def console(self, example: Example) -> None:
        environment = {
            "PATH": os.pathsep.join([str(self.folder / ".bin"), os.defpath]),
            "COLUMNS": "80",
            "LANG": "C.UTF-8",
        }
        for command, expected in _commands(example.parsed):
            if _SET_UP.match(command):
                assert not expected, f"{_place(example)}: set-up is not run, so nothing can follow it"
                continue
            if command.startswith("node "):
                if _NODE is None:
                    continue
                command = f"{shlex.quote(_NODE)}{command.removeprefix('node')}"
            if command.startswith("hongqiao-rules ") and not _SHELL.search(command):
                output = (
                    CliRunner(env={"COLUMNS": "80"})
                    .invoke(main, shlex.split(command)[1:], prog_name="hongqiao-rules", terminal_width=78)
                    .output
                )
            else:
                output = subprocess.run(
                    ["/bin/sh", "-c", command],
                    cwd=self.folder,
                    env=environment,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    encoding="utf-8",
                    check=False,
                ).stdout
            agrees = doctest.OutputChecker().check_output(expected, output, doctest.ELLIPSIS)
            assert agrees, f"{_place(example)}: {command}\nexpected:\n{expected}\nfound:\n{output}"

    def file(self, example: Example) -> None:
        title = example.region.lexemes["title"]
        assert title is not None, f"{_place(example)}: this block needs the title of a file"
        kept = TOP / title
        if kept.is_file():
            text = kept.read_text(encoding="utf-8")
            found = any(indent(example.parsed, " " * depth) in text for depth in (0, 2, 4))
            assert found, f"{_place(example)}: not in {title}"
            return
        path = self.folder / title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(example.parsed, encoding="utf-8")
        if path.suffix == ".yaml":
            self.written.add(title.partition("/")[0])

    def json(self, example: Example) -> None:
        title = example.region.lexemes["title"]
        if title is not None and (self.folder / title).is_file() and not (TOP / title).is_file():
            # A command of the document wrote it.
            assert (self.folder / title).read_text(encoding="utf-8") == example.parsed, _place(example)
            return
        value = json.loads(example.parsed)
        if "members" in value:
            Household.from_json(example.parsed)
        elif "expect" in value:  # a case: what is expected is tried by the command that reads it
            Household.from_json(json.dumps(value["household"]))
        elif "communities" in value:
            Standards().judge(value, on=date(2025, 12, 31))
        else:
            assessment_document(bundled_rulebook().fields).model_validate(value)
        if title is not None:
            self.file(example)

    def arithmetic(self, example: Example) -> None:
        for line in example.parsed.splitlines():
            said = line.rpartition(": ")[2]
            assert holds(said), f"{_place(example)}: {line}"

    def end(self) -> None:
        """Check the policies that the document wrote."""
        for folder in sorted(self.written):
            try:
                load([self.folder / folder])
            except PolicyError as error:
                raise AssertionError(str(error)) from None


def _place(example: Example) -> str:
    return f"{example.path}:{example.line}"


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
