"""Report errors of a command line with a code, in the reader's language."""

from __future__ import annotations

import re
from typing import Any

import click

from hongqiao_rules.errors import RequestError, nearest
from hongqiao_rules.text.catalogue import Listing, Phrase, languages, read

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
"""Click's message for superfluous words, for which it has no error of its own."""


def unclear(error: click.UsageError, context: click.Context) -> RequestError:
    """Return the error of the package for what Click found wrong with the command line of *context*."""
    command = context.command_path
    parameters = context.command.get_params(context)
    match error:
        case click.NoSuchOption():
            known = [
                name.removeprefix("--") for one in parameters for name in one.opts if name.startswith("--")
            ]
            near = nearest(error.option_name.lstrip("-"), known)
            meant = f"--{near}" if near else None
            return RequestError("UNKNOWN_OPTION", name=error.option_name, command=command, meant=meant)
        case click.BadOptionUsage():
            flags = [name for one in parameters if getattr(one, "is_flag", False) for name in one.opts]
            code = "OPTION_TAKES_NO_VALUE" if error.option_name in flags else "OPTION_WITHOUT_VALUE"
            return RequestError(code, option=error.option_name, command=command)
        case click.MissingParameter(param=click.Parameter() as missing):
            return RequestError("PARAMETER_MISSING", name=_called(missing), command=command)
        case click.BadParameter(param=click.Parameter() as wrong):
            problem = _wanted(wrong.type, error.message)
            return RequestError("PARAMETER_WRONG", name=_called(wrong), problem=problem, command=command)
    if error.message == "Missing command.":
        return RequestError("COMMAND_MISSING", command=command)
    words = _EXTRA.fullmatch(error.message)
    if words is not None:
        return RequestError("UNEXPECTED_ARGUMENT", words=words[1], command=command)
    return RequestError("USAGE", problem=error.format_message(), command=command)


def _called(parameter: click.Parameter) -> str | Phrase:
    """Return an option as it is written, or an argument by its name in the help."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    key = f"help.metavar.{parameter.human_readable_name}"
    return Phrase(key) if key in read(languages()[0]) else parameter.human_readable_name


def _wanted(kind: click.ParamType[Any], problem: str) -> Phrase:
    """Return the values that a parameter takes; *problem* is Click's message for other types."""
    match kind:
        case click.Choice():
            return Phrase("usage.choice", known=Listing(tuple(map(str, kind.choices)), "list.or"))
        case click.IntRange():
            return Phrase("usage.whole_at_least", least=kind.min)
        case click.FloatRange():
            return Phrase("usage.more_than" if kind.min_open else "usage.at_least", least=kind.min)
        case click.types.IntParamType():
            return Phrase("usage.whole")
        case click.Path():
            return Phrase("usage.file")
    return Phrase("usage.other", problem=problem.rstrip("."))
