"""The command ``hongqiao-rules``. Each subcommand is a module of its own, imported when it is called."""

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
    "new",
    "check",
    "coverage",
    "schema",
    "export",
)
"""All subcommands, in the order of the help."""


def module_of(command: str) -> str:
    """Return the module of a subcommand: its name, with underscores for hyphens."""
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
    """Report errors of the package, of the system and of the command line without a traceback, and exit with status 2."""
    told: HongqiaoRulesError
    try:
        yield
    except HongqiaoRulesError as error:
        told = error
    except click.exceptions.NoArgsIsHelpError:  # the help itself
        raise
    except click.UsageError as error:
        told = unclear(error, error.ctx or ctx)
    except BrokenPipeError:  # the reader of the output has gone: run() handles it
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
    """Run the command; an interruption ends it without a traceback, after the output written so far."""
    try:
        main(standalone_mode=True)
    except BrokenPipeError:
        # The reader of the output has gone; nobody would see a message.
        sys.stderr.close()
        sys.exit(1)
    except KeyboardInterrupt:  # pragma: no cover - click turns it into an exit of its own
        tell("interrupted")
        sys.exit(130)
