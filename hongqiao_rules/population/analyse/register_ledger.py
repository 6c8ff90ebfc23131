"""Make classified ledgers of a register, and their difference from last month's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq

from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.errors import RequestError
from hongqiao_rules.population.analyse.ledger_reasons import Reasons
from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.population.check.reject_reasons import Reject, plain
from hongqiao_rules.population.read import arrow_columns
from hongqiao_rules.population.read.sources import Source
from hongqiao_rules.population.read.table_shapes import Shape
from hongqiao_rules.population.write.atomic_files import Sink
from hongqiao_rules.rulebook.definitions import Rule
from hongqiao_rules.rulebook.link import Linked

MANIFEST, DIFFERENCE = "ledger.json", "changes"
CHANGE = ("class", "change")
"""The columns of the difference before those of a ledger: ``added`` with the new reason; ``removed``, or ``refused`` if the
household is refused now, with the earlier reason."""
Entries = dict[tuple[str, str], str]
"""The reasons of the entries of a class, by household and member (empty for the household), in the order of the input."""


@dataclass
class Ledgers:
    """The entries of every class of a register on a day.

    Attributes:
        on: the day.
        root: the name of the root.
        classes: the entries of each rule without an amount, by rule.
        households: the number of assessed households.
        rejected: the number of invalid households, which are in no ledger.
        refused: the ids of those of which nothing can be said.
    """

    on: date
    root: str
    classes: dict[str, Entries] = field(default_factory=dict)
    households: int = 0
    rejected: int = 0
    refused: set[str] = field(default_factory=set)


def classes(linked: Linked) -> list[Rule]:
    """The rules that get a ledger: those of lists whose entries have no amount, in the order of the rulebook."""
    wanted = [name for name, kind in linked.definitions.head.entries.items() if kind == "truth"]
    rules = [rule for rule in linked.rules.values() if rule.list in wanted]
    return sorted(rules, key=lambda rule: (wanted.index(rule.list or ""), rule.order, rule.id))


def ledgers(
    edition: Edition, on: date, source: Source, lang: str, progress: Callable[[int], None] = lambda _: None
) -> Ledgers:
    """The ledgers of *source* on *on*, with reasons in *lang*.

    Raises:
        RequestError: a file or a column is refused, or the date is not modelled.
    """
    reasons, row = Reasons(edition, on, lang), 1
    assessor, repeats = Assessor(edition, on, lines=True), source.repeats()
    definitions = edition.rulebook.definitions
    made = Ledgers(on, definitions.root.name, {rule.id: {} for rule in classes(edition.linked)})
    for batch in source.batches():
        standard = Shape(batch.schema, definitions).standard(batch)
        outcome = assessor.assess(standard, first_row=row, repeated=repeats.mask(batch.column("id")))
        made.households += outcome.results.num_rows
        made.rejected += len(outcome.rejects)
        made.refused |= {
            reject.household
            for reject in outcome.rejects
            if reject.household is not None and not _repeats(reject)
        }
        assert outcome.lines is not None
        lines = outcome.lines.filter(pc.is_null(outcome.lines["amount"]))
        kept = np.ones(len(standard), np.bool_)
        kept[[reject.row - row for reject in outcome.rejects]] = False
        kept &= pc.is_in(
            arrow_columns.plain(standard.column("id")), value_set=lines[made.root].unique()
        ).to_numpy(zero_copy_only=False)
        stated = {one["id"]: plain(one, definitions) for one in standard.filter(pa.array(kept)).to_pylist()}
        for line, reason in reasons.of(lines.to_pylist(), stated):
            made.classes[line["rule"]][line[made.root], line["member"] or ""] = reason
        row += len(batch)
        progress(row - 1)
    return made


def _repeats(reject: Reject) -> bool:
    """True if the row repeats a household of the register; only the first row counts."""
    return any(fault.code == "DUPLICATE_HOUSEHOLD" for fault in reject.faults)


def write(
    made: Ledgers, folder: Path, suffix: str, before: Mapping[str, Entries] | None
) -> Mapping[str, tuple[int, int, int, int]]:
    """Write one table for each class into *folder*, and with *before* the difference from it.

    Returns:
        For each class, the numbers of entries, of added and removed entries, and of entries of refused households.

    Raises:
        RequestError: the suffix is of no known format.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts, changes, names = {}, [], columns(made.root)
    for name, entries in made.classes.items():
        earlier = {} if before is None else before.get(name, {})
        added = [key for key in entries if key not in earlier] if before is not None else []
        gone = [key for key in earlier if key not in entries]
        removed = [key for key in gone if key[0] not in made.refused]
        refused = [key for key in gone if key[0] in made.refused]
        changes += [(name, "added", *key, entries[key]) for key in added]
        changes += [(name, "removed", *key, earlier[key]) for key in removed]
        changes += [(name, "refused", *key, earlier[key]) for key in refused]
        _write(folder / f"{name}{suffix}", names, [(*key, reason) for key, reason in entries.items()])
        counts[name] = len(entries), len(added), len(removed), len(refused)
    if before is not None:
        _write(folder / f"{DIFFERENCE}{suffix}", (*CHANGE, *names), changes)
    manifest = {
        "on": made.on.isoformat(),
        "suffix": suffix,
        "classes": {n: len(e) for n, e in made.classes.items()},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return counts


def columns(root: str) -> tuple[str, ...]:
    """The columns of a ledger, all text; ``member`` is empty for the root itself."""
    return root, "member", "reason"


def _write(path: Path, names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    schema = pa.schema([(name, pa.string()) for name in names])
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    arrays = [pa.array(list(column), pa.string()) for column in columns]
    sink = Sink(path, schema)
    sink.write(pa.Table.from_arrays(arrays, schema=schema))
    sink.close()
    sink.settle()


def read(folder: Path, root: str) -> dict[str, Entries]:
    """Read the ledgers of an earlier month of a register of *root*.

    Raises:
        RequestError: *folder* has none, or they are damaged.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        suffix, classes = manifest["suffix"], manifest["classes"]
    except OSError:
        raise RequestError("LEDGER_ABSENT", folder=folder, file=MANIFEST) from None
    except (ValueError, KeyError, TypeError):
        raise RequestError("LEDGER_DAMAGED", file=folder / MANIFEST) from None
    return {
        name: dict(_entries(folder / f"{name}{suffix}", count, columns(root)))
        for name, count in classes.items()
    }


def _entries(path: Path, count: int, names: Sequence[str]) -> Iterator[tuple[tuple[str, str], str]]:
    try:
        texts = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
        if path.suffix == ".parquet":
            table = pq.read_table(path)
        else:
            lines = csv.ParseOptions(newlines_in_values=True)
            table = csv.read_csv(path, parse_options=lines, convert_options=texts)
        columns = [table.column(name).to_pylist() for name in names]
    except (OSError, KeyError, pa.ArrowException):
        raise RequestError("LEDGER_DAMAGED", file=path) from None
    if table.num_rows != count:
        raise RequestError("LEDGER_DAMAGED", file=path)
    for household, member, reason in zip(*columns, strict=True):
        yield (household, member or ""), reason
