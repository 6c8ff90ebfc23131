"""What is wrong with a command line itself, told with a code and in the reader's language like any other error."""

from __future__ import annotations

import re
from typing import Any

import click

from hongqiao_rules.errors import RequestError, nearest
from hongqiao_rules.messages import Said

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
"""What Click says of words too many; it has no error of its own for them."""


def unclear(error: click.UsageError, context: click.Context) -> RequestError:
    """The error of the package that says what Click found wrong with the command line of *context*."""
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
            problem = Said(error.message, _wanted(wrong.type) or error.message)
            return RequestError("PARAMETER_WRONG", name=_called(wrong), problem=problem, command=command)
    if error.message == "Missing command.":
        return RequestError("COMMAND_MISSING", command=command)
    words = _EXTRA.fullmatch(error.message)
    if words is not None:
        return RequestError("UNEXPECTED_ARGUMENT", words=words[1], command=command)
    return RequestError("USAGE", problem=error.format_message(), command=command)


def _called(parameter: click.Parameter) -> str:
    """An option as it is written, an argument as the help calls it."""
    return (
        max(parameter.opts, key=len) if isinstance(parameter, click.Option) else parameter.human_readable_name
    )


def _wanted(kind: click.ParamType[Any]) -> str | None:
    """What a parameter takes, in Chinese, where Click would say it in English."""
    match kind:
        case click.Choice():
            return f"只能是{'、'.join(map(str, kind.choices))}"
        case click.IntRange() | click.FloatRange():
            number = "整数" if isinstance(kind, click.IntRange) else "数"
            return f"应为{'大于' if kind.min_open else '不小于'}{kind.min}的{number}"
        case click.types.IntParamType():
            return "应为整数"
        case click.Path():
            return "应为文件名"
    return None
