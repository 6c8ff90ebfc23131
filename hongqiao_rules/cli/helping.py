"""Commands whose help is in English, or in Chinese where a command line asks for it by ``--lang zh``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

import click

from hongqiao_rules.errors import RequestError, nearest
from hongqiao_rules.messages.help import HELP

_EXTRAS = re.compile(r"(?:(.*)  )?\[([^\[\]]*)\]", re.DOTALL)
_BROKEN = re.compile(r"(?<!\n)\n(?!\n)")
"""The end of a line inside a paragraph."""
_CLOSING = "，。、；：？！）】》”’"
"""What does not stand at the beginning of a line."""
_FIXED = (("default: ", "默认："), ("required", "必填"), ("; ", "；"))


def asked(arguments: Sequence[str]) -> str | None:
    """The language that the words of a command line ask for by ``--lang``, the last where there are several."""
    found = None
    for word, after in pairwise([*arguments, ""]):
        if word == "--":
            break
        value = after if word == "--lang" else word.removeprefix("--lang=")
        if value in ("zh", "en"):
            found = value
    return found


class Context(click.Context):
    """The context of a command whose help is in English unless its line asks for Chinese."""

    def make_formatter(self) -> click.HelpFormatter:
        """What writes the help."""
        kind = Chinese if self.meta.get("help") == "zh" else click.HelpFormatter
        return kind(width=self.terminal_width, max_width=self.max_content_width)

    @contextmanager
    def scope(self, cleanup: bool = True) -> Iterator[click.Context]:
        """Make this the current context, and that of what is found wrong meanwhile: Click leaves it out of some errors."""
        with super().scope(cleanup) as current:
            try:
                yield current
            except click.UsageError as error:
                error.ctx = error.ctx or self
                raise


class Group(click.Group):
    """A command of commands."""

    context_class = Context

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, which takes the language over."""
        found = super().get_command(ctx, cmd_name)
        if found is not None:
            found.context_class = Context
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named first.

        Raises:
            RequestError: there is none of that name.

        """
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            meant = nearest(args[0], self.list_commands(ctx))
            raise RequestError("UNKNOWN_COMMAND", name=args[0], command=ctx.command_path, meant=meant)
        return super().resolve_command(ctx, args)


class Chinese(click.HelpFormatter):
    """Writes help in Chinese, and breaks its lines where Chinese may be broken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002
        """The line that shows the form of a command."""
        for english in ("OPTIONS", "COMMAND", "ARGS"):
            args = args.replace(english, HELP[english])
        super().write_usage(prog, args, "用法：")

    def write_heading(self, heading: str) -> None:
        """The name of a section."""
        self.write(f"{'':>{self.current_indent}}{HELP[heading]}：\n")

    def write_text(self, text: str) -> None:
        """Paragraphs."""
        indent = " " * self.current_indent
        text = _BROKEN.sub(" ", text)
        paragraphs = HELP.get(text, text).split("\n\n")
        lines = [[indent + line for line in wrapped(p, self.width - self.current_indent)] for p in paragraphs]
        self.write("\n\n".join("\n".join(paragraph) for paragraph in lines) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands, each with its meaning beside it."""
        rows = list(rows)
        column = min(max(len(first) for first, _ in rows), col_max) + col_spacing
        margin = " " * self.current_indent
        for first, second in rows:
            lines = wrapped(in_chinese(second), self.width - column - self.current_indent)
            head = f"{margin}{first}"
            if len(first) > col_max:
                self.write(f"{head}\n")
                head = ""
            for line in lines or [""]:
                self.write(f"{head:<{column + self.current_indent}}{line}".rstrip() + "\n")
                head = ""


def in_chinese(meaning: str) -> str:
    """What stands beside an option or a command, with the marks that Click adds in brackets."""
    found = None if meaning in HELP else _EXTRAS.fullmatch(meaning)
    if found is None:
        return HELP.get(meaning, meaning)
    words, extras = found[1] or "", found[2]
    for english, chinese in _FIXED:
        extras = extras.replace(english, chinese)
    return f"{HELP.get(words, words)}[{extras}]"


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most *width* columns: broken at spaces and beside Chinese characters, not before what closes a sentence."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and _columns(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """The parts of a text between which a line may be broken."""
    pieces: list[str] = []
    for mark in text:
        joins = pieces and not pieces[-1].endswith(" ") and not (_wide(mark) or _wide(pieces[-1][-1]))
        if pieces and (joins or mark in _CLOSING or mark == " " or pieces[-1][-1] in "（“《"):
            pieces[-1] += mark
        else:
            pieces.append(mark)
    return pieces


def _wide(mark: str) -> bool:
    return unicodedata.east_asian_width(mark) in "WFA"


def _columns(text: str) -> int:
    return sum(1 + _wide(mark) for mark in text)
