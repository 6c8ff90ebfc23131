"""``hongqiao-rules check``: policy files read, checked and tried on their examples."""

from __future__ import annotations

from pathlib import Path

import click

from hongqiao_rules.calculator import Calculator
from hongqiao_rules.cli import options
from hongqiao_rules.cli.output import put
from hongqiao_rules.errors import PolicyError
from hongqiao_rules.examples import run


@click.command("check")
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@options.policies
@options.lang
def command(folders: tuple[Path, ...], policies: tuple[Path, ...], lang: str) -> None:
    """Check the policy files of FOLDERS (the bundled ones where none is named) and run their examples."""
    chosen = (*folders, *policies) or None
    calculator = Calculator(policies=chosen)
    rulebook = calculator.rulebook
    rulebook.sweep()
    number, faults = run(rulebook, calculator.with_choices)
    if faults:
        raise PolicyError(faults)
    definitions = rulebook.definitions
    found = len(rulebook.files), len(definitions.rules), len(definitions.parameters), number
    text = {
        "zh": "没有问题：{0}个文件，{1}条规则，{2}个参数，{3}个例子全部通过。",
        "en": "No faults: {0} files, {1} rules, {2} parameters; all {3} examples come out.",
    }
    put(text[lang].format(*found))
    put(rulebook.digest)
