"""The command ``hongqiao-rules``. Each command lives in a module of its own, imported when it is called."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from hongqiao_rules.cli import options
from hongqiao_rules.cli.helping import Context, Group, asked
from hongqiao_rules.cli.output import refuse, tell, unusable
from hongqiao_rules.cli.usage import unclear
from hongqiao_rules.errors import HongqiaoRulesError, catalogue
from hongqiao_rules.text.catalogue import languages as known

COMMANDS = (
    "assess",
    "explore",
    "why-not",
    "margins",
    "schedule",
    "case",
    "population",
    "standards",
    "difference",
    "rules",
    "check",
    "coverage",
    "schema",
    "export",
)
"""Every command in the order of the help; for where it lives see :func:`module_of`."""


def module_of(command: str) -> str:
    """The module that a command lives in: the one of its name, with an underscore for a hyphen."""
    return f"hongqiao_rules.cli.{command.replace('-', '_')}"


class _Commands(Group):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the language from the whole command line, so that any error in it can be reported."""
        languages = list(asked(args))
        language = next((one for one in reversed(languages) if one in known()), None)
        ctx.meta["help"], ctx.meta["lang"] = language or "en", language or "zh"
        with _telling(ctx):
            for one in filter(None, languages):
                catalogue(one)
            return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(module_of(cmd_name)).command
        command.context_class = Context
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        with _telling(ctx):
            return super().invoke(ctx)


@contextmanager
def _telling(ctx: click.Context) -> Iterator[None]:
    """Tell the package's own errors, what the system says of a file and what is wrong with the line without a traceback, status 2."""
    told: HongqiaoRulesError
    try:
        yield
    except HongqiaoRulesError as error:
        told = error
    except click.exceptions.NoArgsIsHelpError:  # the help itself
        raise
    except click.UsageError as error:
        told = unclear(error, error.ctx or ctx)
    except BrokenPipeError:  # this is about the output, and told nobody
        raise
    except OSError as error:
        told = unusable(error)
    else:
        return
    refuse(told, ctx.meta["lang"])
    raise click.exceptions.Exit(2)


@click.group("hongqiao-rules", cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hongqiao-rules")
@options.spoken
def main() -> None:
    """Dibao, low-income relief and classified assistance of Hongqiao district, Tianjin, as rules."""


def run() -> None:
    """The command's entry: an interruption ends it with what was written so far, never with a traceback."""
    try:
        main(standalone_mode=True)
    except BrokenPipeError:
        # Whoever read the output has gone; there is nobody to tell.
        sys.stderr.close()
        sys.exit(1)
    except KeyboardInterrupt:  # pragma: no cover - click turns it into an exit of its own
        tell("interrupted")
        sys.exit(130)
