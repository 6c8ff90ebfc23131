"""Runs the command in a folder of its own."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hongqiao_rules.cli import main
from tests.cli.support import Run


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def command(
        *arguments: str, files: dict[str, str | bytes] | None = None, stdin: str | bytes | None = None
    ) -> Result:
        for name, content in (files or {}).items():
            data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
            (tmp_path / name).write_bytes(data)
        previous = Path.cwd()
        os.chdir(tmp_path)
        try:
            return CliRunner().invoke(main, arguments, input=stdin)
        finally:
            os.chdir(previous)

    return command
