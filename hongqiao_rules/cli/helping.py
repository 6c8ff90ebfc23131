"""Commands whose help comes from the catalogue of the language chosen by ``--lang``.

The text of a command is ``help.command.<command>``, its line in a list of commands ``help.short.<command>`` where that
differs. The text of an option is ``help.option.<command>.<option>``, or ``help.option.<option>`` where commands share it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

import click

from hongqiao_rules.errors import RequestError, catalogue, nearest
from hongqiao_rules.text.catalogue import Catalogue

_CLOSING = "，。、；：？！）】》”’"
"""Marks that never begin a line."""
_VALUE = re.compile(r"\b([A-Z]+)( RANGE)?\b")
"""The name of a value, as FILE; Click adds RANGE to a number that has bounds."""
_FIRST = 30
"""The most columns of an option; the text of a longer one begins on the next line."""


def asked(arguments: Sequence[str]) -> Iterator[str]:
    """Yield the languages that the words of a command line ask for by ``--lang``."""
    for word, after in pairwise([*arguments, ""]):
        if word == "--":
            return
        if word == "--lang":
            yield after
        elif word.startswith("--lang="):
            yield word.removeprefix("--lang=")


class Context(click.Context):
    """The context of a command. ``meta["help"]`` is the language of the help, English where there is none."""

    def get_help(self) -> str:
        """Return the help of the command, wrapped to the width of the terminal."""
        width = click.HelpFormatter(width=self.terminal_width, max_width=self.max_content_width).width
        return "\n".join(line.rstrip() for line in _page(self, self.meta.get("help", "en"), width))

    @contextmanager
    def scope(self, cleanup: bool = True) -> Iterator[click.Context]:
        """Make this the current context, and set it in usage errors: Click leaves it out of some."""
        with super().scope(cleanup) as current:
            try:
                yield current
            except click.UsageError as error:
                error.ctx = error.ctx or self
                raise


class Group(click.Group):
    """A command with subcommands."""

    context_class = Context

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the subcommand of a name, with the context class of this package."""
        found = super().get_command(ctx, cmd_name)
        if found is not None:
            found.context_class = Context
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the subcommand that the arguments begin with.

        Raises:
            RequestError: UNKNOWN_COMMAND.
        """
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            meant = nearest(args[0], self.list_commands(ctx))
            raise RequestError("UNKNOWN_COMMAND", name=args[0], command=ctx.command_path, meant=meant)
        return super().resolve_command(ctx, args)


def _page(context: click.Context, lang: str, width: int) -> Iterator[str]:
    """Yield the lines of the help of a command: usage, text, options and commands."""
    words, command = catalogue(lang), context.command
    path = _path(context)
    parameters = command.get_params(context)
    usage = [context.command_path, words.say("help.usage_options")]
    usage += [_values(piece, words) for one in parameters for piece in one.get_usage_pieces(context)]
    usage += [words.say("help.usage_command")] if isinstance(command, click.Group) else []
    yield from wrapped(words.say("help.usage", usage=" ".join(usage)), width)
    for paragraph in words.say(f"help.command{path}").split("\n\n"):
        yield ""
        yield from (f"  {line}" for line in wrapped(paragraph, width - 2))
    options = [one for one in parameters if isinstance(one, click.Option)]
    rows = [(_form(one, context, words), _meaning(one, context, path, lang)) for one in options]
    yield from ("", words.say("help.options"), *_table(rows, width))
    if isinstance(command, click.Group):
        names = command.list_commands(context)
        keys = ((name, path + _key(name)) for name in names)
        shown = [
            (name, words.say(short if (short := f"help.short{key}") in words else f"help.command{key}"))
            for name, key in keys
        ]
        yield from ("", words.say("help.commands"), *_table(shown, width))


def _path(context: click.Context) -> str:
    """Return the part of a key that names a command."""
    return "" if context.parent is None else _path(context.parent) + _key(context.info_name or "")


def _key(name: str) -> str:
    """Return the part of a key that names a command of a group, or an option."""
    return f".{name.replace('-', '_')}"


def _form(option: click.Option, context: click.Context, words: Catalogue) -> str:
    record = option.get_help_record(context)
    return _values(record[0], words) if record else ""


def _values(form: str, words: Catalogue) -> str:
    """Return how an option or argument is written, with the names of its values in the language of the help."""

    def named(found: re.Match[str]) -> str:
        key = f"help.metavar.{found[1]}"
        return words.say(key) if key in words else found[0]

    return _VALUE.sub(named, form)


def _meaning(option: click.Option, context: click.Context, path: str, lang: str) -> str:
    """Return the text of an option with its default, range and whether it is required."""
    words = catalogue(lang)
    name = _key(max(option.opts, key=len).removeprefix("--"))
    own = f"help.option{path}{name}"
    text = words.say(own if own in words else f"help.option{name}")
    extra = option.get_help_extra(context)
    marks = [words.say("help.default", value=extra["default"])] if "default" in extra else []
    marks += [extra["range"]] if "range" in extra else []
    marks += [words.say("help.required")] if "required" in extra else []
    return words.say("help.marked", text=text, marks=words.join(marks, "list.semicolon")) if marks else text


def _table(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield two columns, the second wrapped to what the first leaves of *width*."""
    column = min(max(_columns(first) for first, _ in rows), _FIRST) + 4
    for first, second in rows:
        head = f"  {first}"
        if _columns(first) > _FIRST:
            yield head
            head = ""
        for line in wrapped(second, width - column):
            yield f"{head}{' ' * (column - _columns(head))}{line}"
            head = ""


def wrapped(text: str, width: int) -> list[str]:
    """Return *text* as lines of at most *width* columns, broken at spaces and between Chinese characters.

    No line begins with a closing mark.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and _columns(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """Return the parts of a text between which a line may be broken."""
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
