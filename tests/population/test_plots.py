"""Plots are labelled in the language asked for where a font has its characters, else in English, and it is said."""

import sys
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from hongqiao_rules.cli import main
from hongqiao_rules.population.analyse.report_pages import Page
from hongqiao_rules.population.synthesize.synthetic_register import Register

pytest.importorskip("matplotlib")

from matplotlib import get_data_path

from hongqiao_rules.population import analyse
from hongqiao_rules.population.analyse import plot_fonts, register_plots

ON = date(2020, 10, 1)


@pytest.fixture
def asked(tmp_path):
    pq.write_table(pa.Table.from_batches(Register(8, ON).batches(200)), tmp_path / "in.parquet")
    return [
        "population",
        "summary",
        str(tmp_path / "in.parquet"),
        "--on",
        "2020-10-01",
        "--plot",
        str(tmp_path / "s.svg"),
    ]


def test_a_font_is_taken_only_where_it_has_every_character():
    assert plot_fonts.having(frozenset("abc")) is not None
    assert plot_fonts.having(frozenset("a\U0010fffd")) is None


def test_a_font_that_was_installed_after_matplotlib_first_ran_is_found(monkeypatch):
    latin = frozenset("abc")
    name = plot_fonts.having(latin)
    monkeypatch.setattr(plot_fonts.fontManager, "ttflist", [])
    for cached in (plot_fonts.having, plot_fonts._look_again):
        cached.cache_clear()
    monkeypatch.setattr(
        plot_fonts, "findSystemFonts", lambda: [get_data_path() + "/fonts/ttf/DejaVuSans.ttf"]
    )
    try:
        assert plot_fonts.having(latin) == "DejaVu Sans"
        assert plot_fonts.having(frozenset("\U0010fffd")) is None
    finally:
        for cached in (plot_fonts.having, plot_fonts._look_again):
            cached.cache_clear()
    assert name is not None


def test_without_a_chinese_font_a_plot_is_in_english_and_says_so(asked, monkeypatch):
    found = plot_fonts.having(frozenset("abc"))
    monkeypatch.setattr(
        plot_fonts, "having", lambda characters: found if all(map(str.isascii, characters)) else None
    )
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0
    assert "# 汇总" in done.stdout
    assert "本机没有含所需汉字的字体" in done.stderr


def test_in_english_nothing_is_said(asked):
    done = CliRunner().invoke(main, [*asked, "--lang", "en"])
    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_that_can_be_read_stays_as_it_is(calculator, lang):
    page = Page(calculator, lang)
    if plot_fonts.having(frozenset("".join(page.words()))) is None:
        pytest.skip("no installed font has the characters")
    assert register_plots.readable(page) is page
    assert register_plots.readable(page, ["\U0010fffd"]).lang == "en"


@pytest.mark.parametrize("command", ["summary", "compare"])
def test_a_missing_extra_is_told_before_anything_is_worked_out(asked, tmp_path, monkeypatch, command):
    monkeypatch.delitem(sys.modules, "hongqiao_rules.population.analyse.register_plots")
    monkeypatch.delattr(analyse, "register_plots")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    output = ["--output", str(tmp_path / "c.csv")] if command == "compare" else []
    done = CliRunner().invoke(main, ["population", command, *asked[2:], *output])
    assert done.exit_code == 2
    assert done.stderr.startswith("EXTRA_NEEDED")
    assert done.stdout == ""
    assert not (tmp_path / "c.csv").exists()
