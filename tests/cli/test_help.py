"""Help in two languages, and what is wrong with a command line itself."""

import re
import unicodedata
from collections.abc import Iterator

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules.cli import main
from hongqiao_rules.cli.helping import Context, wrapped
from hongqiao_rules.text.catalogue import languages
from tests.cli.support import Run
from tests.text.catalogues import entries

CHINESE = re.compile("[\u4e00-\u9fff]")
CLOSING = "，。、；：？！）”"


def contexts(outer: click.Context | None = None) -> Iterator[click.Context]:
    """That of every command there is."""
    here = outer or Context(
        main, info_name="hongqiao-rules", help_option_names=["-h", "--help"], terminal_width=78
    )
    yield here
    if isinstance(here.command, click.Group):
        for name in here.command.list_commands(here):
            command = here.command.get_command(here, name)
            assert command is not None
            yield from contexts(Context(command, parent=here, info_name=name))


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WFA" else 1 for mark in text)


def key(name: str) -> str:
    return name.removeprefix("--").replace("-", "_")


@pytest.mark.parametrize("lang", languages())
def test_every_text_of_every_help_is_in_the_catalogue_and_none_is_left_over(lang: str) -> None:
    known = {one for one in entries(lang) if one.startswith(("help.command.", "help.short.", "help.option."))}
    used = set()
    for context in contexts():
        path = "".join(f".{key(name)}" for name in context.command_path.split()[1:])
        used |= {f"help.command{path}", f"help.short{path}"}
        for one in context.command.get_params(context):
            if isinstance(one, click.Option):
                name = key(max(one.opts, key=len))
                own, shared = f"help.option{path}.{name}", f"help.option.{name}"
                used.add(own if own in known else shared)
        context.meta["help"] = lang
        assert context.get_help()  # a text that is missing is an error
    assert sorted(known - used) == []


def test_chinese_help_fits_the_screen_and_begins_no_line_with_what_closes_a_sentence() -> None:
    for context in contexts():
        context.meta["help"] = "zh"
        lines = context.get_help().splitlines()
        assert lines[0].startswith(f"用法：{context.command_path} ")
        assert "选项：" in lines
        assert [line for line in lines[1:] if columns(line) > 78 or line.lstrip()[:1] in tuple(CLOSING)] == []


@given(st.text("低保标准，。（）“”、ab c-", max_size=80), st.integers(4, 40))
def test_a_wrapped_text_has_every_word(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(line == line.rstrip() for line in lines)
    unbroken = [line for line in lines if columns(line) > width]
    assert all(len(re.split(r"(?<=[^（“])(?=[低保标准（“])", line)) == 1 for line in unbroken)


@pytest.mark.parametrize(
    "line",
    [
        "--lang zh population assess --help",
        "population --lang=zh assess -h",
        "population assess -h --lang zh",
    ],
)
def test_help_is_in_chinese_wherever_the_line_asks_for_it(run: Run, line: str) -> None:
    told = run(*line.split())
    assert (told.exit_code, told.stdout.splitlines()[0]) == (
        0,
        "用法：hongqiao-rules population assess [选项] 家庭文件",
    )


@pytest.mark.parametrize(
    "line",
    [
        "population assess --help",
        "population assess --help --lang en",
        "population assess --help -- --lang zh",
    ],
)
def test_help_is_in_english_else(run: Run, line: str) -> None:
    told = run(*line.split())
    assert (told.exit_code, told.stdout.splitlines()[0]) == (
        0,
        "Usage: hongqiao-rules population assess [OPTIONS] HOUSEHOLDS",
    )


LINES = [
    ("asess", "UNKNOWN_COMMAND", "hongqiao-rules", "assess"),
    ("population sumary", "UNKNOWN_COMMAND", "hongqiao-rules population", "summary"),
    ("--version=2 rules", "OPTION_TAKES_NO_VALUE", "hongqiao-rules", "--version"),
    ("--unheard rules", "UNKNOWN_OPTION", "hongqiao-rules", "--unheard"),
    ("assess x.json --raeding a=b", "UNKNOWN_OPTION", "hongqiao-rules assess", "--reading"),
    ("assess x.json --on", "OPTION_WITHOUT_VALUE", "hongqiao-rules assess", "--on"),
    ("assess --trace=1", "OPTION_TAKES_NO_VALUE", "hongqiao-rules assess", "="),
    ("assess --on 2019-05-01", "PARAMETER_MISSING", "hongqiao-rules assess", "FILE"),
    ("population synthesize", "PARAMETER_MISSING", "hongqiao-rules population synthesize", "--households"),
    ("schema houshold", "PARAMETER_WRONG", "hongqiao-rules schema", "household"),
        ("check --members none", "PARAMETER_WRONG", "hongqiao-rules check", "--members"),
    ("check --seconds 0", "PARAMETER_WRONG", "hongqiao-rules check", "0"),
    ("population synthesize --output x.parquet --households 0", "PARAMETER_WRONG", "hongqiao-rules population synthesize", "1"),
    ("schema household policy", "UNEXPECTED_ARGUMENT", "hongqiao-rules schema", "policy"),
    ("population --lang {}", "COMMAND_MISSING", "hongqiao-rules population", ""),
]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("line", "code", "command", "word"), LINES)
def test_a_wrong_command_line_is_refused_by_code_in_the_language_asked_for(
    run: Run, line: str, code: str, command: str, word: str, lang: str
) -> None:
    asked = line.format(lang).split() if "{}" in line else ["--lang", lang, *line.split()]
    told = run(*asked)
    assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (2, "", 1)
    assert told.stderr.startswith(f"{code}: ")
    assert (CHINESE.search(told.stderr) is not None) == (lang == "zh")
    assert (word if (lang, word) != ("zh", "FILE") else "缺少文件") in told.stderr
    assert f"{command} --help" in told.stderr


@pytest.mark.parametrize(
    "line",
    ["--lang fr rules", "rules --lang=fr", "assess --help --lang fr", "--lang zh-CN --version", "--lang"],
)
def test_an_unknown_language_is_refused_wherever_it_is_asked_for(run: Run, line: str) -> None:
    told = run(*line.split())
    code = "OPTION_WITHOUT_VALUE" if line == "--lang" else "UNKNOWN_LANGUAGE"
    assert (told.exit_code, told.stdout, told.stderr.partition(":")[0]) == (2, "", code)


def test_a_wrong_command_line_without_a_language_is_told_in_chinese_like_any_error(run: Run) -> None:
    assert (
        run("assess", "--unheard").stderr
        == "UNKNOWN_OPTION: 没有选项--unheard；用 hongqiao-rules assess --help 列出全部。\n"
    )
