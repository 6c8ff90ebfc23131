"""``hongqiao-rules population``: assess whole registers from files to files. Needs the extra ``population``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hongqiao_rules.calculator import Calculator
from hongqiao_rules.cli import options, registers
from hongqiao_rules.cli.helping import Group
from hongqiao_rules.cli.ledger import ledger
from hongqiao_rules.cli.output import put, tell
from hongqiao_rules.errors import RequestError, catalogue
from hongqiao_rules.text.catalogue import Listing, Phrase

_OUT = click.Path(dir_okay=False, path_type=Path)


class _Group(Group):
    """A group that names what to install if NumPy or PyArrow is missing."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            if error.name not in ("numpy", "pyarrow", "matplotlib"):
                raise
            extra = "plots" if error.name == "matplotlib" else "population"
            raise RequestError("EXTRA_NEEDED", module=error.name, extra=extra) from None


@click.group("population", cls=_Group)
@options.spoken
def command() -> None:
    """Assess, compare and sum up whole registers."""


@command.command("assess")
@click.argument("households", type=registers.IN)
@options.on
@click.option("--output", required=True, type=_OUT)
@click.option("--rejects", type=_OUT)
@click.option("--lines", type=_OUT)
@click.option("--resume", is_flag=True)
@registers.allowing
@registers.source
@options.choices
@options.lang
def assess(
    households: Path, on: str, output: Path, rejects: Path | None, lines: Path | None, members: Path | None,
    mapping: Path | None, encoding: str, readings: tuple[str, ...], overlays: tuple[str, ...],
    policies: tuple[Path, ...], lang: str, *, resume: bool, allow_rejects: bool,
) -> None:  # fmt: skip
    """Assess every household of HOUSEHOLDS (.parquet with members inside, or flat .parquet/.csv with --members)."""
    from hongqiao_rules.population.assessor import Assessor
    from hongqiao_rules.population.file_runs import Targets, assess_files

    say = catalogue(lang).say
    calculator = Calculator(readings=options.chosen(readings), overlays=overlays, policies=policies or None)
    assessor = Assessor(calculator, options.day(on), lines=lines is not None)
    source = registers.opened(calculator, households, members, mapping, encoding)
    beside = rejects or output.with_name(f"{output.stem}.rejects{output.suffix}")
    try:
        with registers.bar(source.count) as progress:
            counts = assess_files(
                assessor, source, Targets(output, beside, lines), resume=resume, lang=lang, progress=progress
            )
    except (KeyboardInterrupt, OSError) as error:
        if Path(f"{output}.partial.json").exists():
            tell(say("population.interrupted", partial=f"{output}.partial"))
        if isinstance(error, OSError):
            raise
        raise click.exceptions.Exit(130) from None
    households_counted = Phrase("population.households", count=counts.households)
    orphans = Phrase("population.orphans", count=counts.orphans)
    tell(
        say(
            "population.assessed",
            households=households_counted,
            assessed=counts.assessed,
            rejected=counts.rejected,
            orphans=orphans,
        )
    )
    if counts.refused:
        tell(say("population.rejects", file=beside))
        if not allow_rejects:
            raise click.exceptions.Exit(2)


@command.command("template")
@options.policies
@options.lang
def template(policies: tuple[Path, ...], lang: str) -> None:
    """Print a mapping file for a register with headers in the language of ``--lang``."""
    from hongqiao_rules.population.read import mapping

    put(mapping.template(Calculator(policies=policies or None).rulebook.definitions, lang).rstrip())


@command.command("synthesize")
@click.option("--households", required=True, type=click.IntRange(1))
@click.option("--seed", required=True, type=click.IntRange(0))
@click.option("--on", "on", default="2020-11-01", show_default=True, metavar="YYYY-MM-DD")
@click.option("--output", type=_OUT)
@click.option("--figures", is_flag=True)
@options.lang
def synthesize(households: int, seed: int, on: str, output: Path | None, lang: str, *, figures: bool) -> None:
    """Make a synthetic register of Hongqiao without any real household."""
    import pyarrow as pa

    from hongqiao_rules.population.synthesize import synthetic_register
    from hongqiao_rules.population.write.atomic_files import written

    if figures:
        for figure in synthetic_register.FIGURES:
            put(catalogue(lang).say("population.figure", **figure._asdict()))
    if output is None:
        if figures:
            return
        either = Listing(("--output", "--figures"), "list.or")
        raise RequestError("OPTION_NEEDED", option=either, why=Phrase("population.nothing_to_do"))
    if output.suffix != ".parquet":
        raise RequestError("FILE_FORMAT", file=output, known=".parquet")
    register = synthetic_register.Register(seed, options.day(on))
    with written(output, register.schema) as sink, registers.bar(households) as progress:
        done = 0
        for group in register.groups(households):
            sink.write(pa.Table.from_batches(group, register.schema))
            done += sum(len(batch) for batch in group)
            progress(done)


@command.command("compare")
@click.argument("households", type=registers.IN)
@options.on
@click.option("--to-on", metavar="YYYY-MM-DD")
@click.option("--to-reading", "to_readings", multiple=True, metavar="NAME=CHOICE")
@click.option("--to-overlay", "to_overlays", multiple=True, metavar="NAME")
@click.option("--to-households", type=registers.IN)
@click.option("--to-members", type=registers.IN)
@click.option("--output", required=True, type=_OUT)
@click.option("--plot", type=options.Picture())
@registers.allowing
@registers.source
@options.choices
@options.lang
def compare(
    households: Path, on: str, to_on: str | None, to_readings: tuple[str, ...], to_overlays: tuple[str, ...],
    to_households: Path | None, to_members: Path | None, output: Path, plot: Path | None, members: Path | None,
    mapping: Path | None, encoding: str, readings: tuple[str, ...], overlays: tuple[str, ...],
    policies: tuple[Path, ...], lang: str, *, allow_rejects: bool,
) -> None:  # fmt: skip
    """Compare two dates, readings, overlays or registers; the second run takes from the first what is not given."""
    from hongqiao_rules.population import runs
    from hongqiao_rules.population.analyse import comparison as comparing
    from hongqiao_rules.population.analyse.report_pages import Page
    from hongqiao_rules.population.assessor import Assessor
    from hongqiao_rules.population.file_runs import keep_apart
    from hongqiao_rules.population.write.atomic_files import written

    if plot is not None:  # a missing extra is reported before the work
        from hongqiao_rules.population.analyse import register_plots

    first = Calculator(readings=options.chosen(readings), overlays=overlays, policies=policies or None)
    second = first.with_choices(
        readings=options.chosen(readings) | options.chosen(to_readings), overlays=to_overlays or overlays
    )
    if to_members is not None and to_households is None:
        raise RequestError("OPTION_WITHOUT_MODE", mode="--to-households", options="--to-members")
    keep_apart([output, plot], [path for path in (households, members, to_households, to_members) if path])
    source = registers.opened(first, households, members, mapping, encoding)
    assessors = Assessor(first, options.day(on)), Assessor(second, options.day(to_on or on))
    later = source
    with written(output, comparing.changes_schema(first.fields)) as sink:
        if to_households is None:
            found = comparing.in_stream(*assessors, source, sink.write)
        else:
            later = registers.opened(first, to_households, to_members, mapping, encoding)
            found = comparing.compare(runs.run(assessors[0], source), runs.run(assessors[1], later))
            sink.write(found.changes)
    page = Page(first, lang, second)
    put(page.comparison(found).rstrip())
    if plot is not None:
        register_plots.comparison(found, plot, page)
        _labelled(register_plots.readable(page).lang, lang)
    registers.end(found.rejected + source.orphans + later.orphans, lang, allowed=allow_rejects, runs=2)


@command.command("summary")
@click.argument("households", type=registers.IN)
@options.on
@click.option("--near", default=50, show_default=True, type=click.IntRange(1))
@click.option("--plot", type=options.Picture())
@registers.allowing
@registers.source
@options.choices
@options.lang
def summary(
    households: Path, on: str, near: int, plot: Path | None, members: Path | None, mapping: Path | None,
    encoding: str, readings: tuple[str, ...], overlays: tuple[str, ...], policies: tuple[Path, ...], lang: str,
    *, allow_rejects: bool,
) -> None:  # fmt: skip
    """Sum up a register: counts, spending by rule, quantiles, and households near a threshold."""
    from hongqiao_rules.population.analyse.report_pages import Page
    from hongqiao_rules.population.analyse.summary import summarize
    from hongqiao_rules.population.assessor import Assessor
    from hongqiao_rules.population.runs import batchwise

    if plot is not None:
        from hongqiao_rules.population.analyse import register_plots

    calculator = Calculator(readings=options.chosen(readings), overlays=overlays, policies=policies or None)
    source = registers.opened(calculator, households, members, mapping, encoding)
    found = summarize(
        (run for [run] in batchwise([Assessor(calculator, options.day(on))], source)), near * 100
    )
    page = Page(calculator, lang)
    put(page.summary(found).rstrip())
    if plot is not None:
        register_plots.spread(found, plot, page)
        _labelled(register_plots.readable(page).lang, lang)
    registers.end(found.rejected + source.orphans, lang, allowed=allow_rejects)


def _labelled(used: str, asked: str) -> None:
    """Report if a plot is in another language than the chosen one."""
    if used != asked:
        tell(catalogue(asked).say("population.plot_language"))


command.add_command(ledger)
