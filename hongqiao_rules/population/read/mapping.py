"""Mapping files: the column names and codes of a register, and their names in this package."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import yaml

from hongqiao_rules.errors import RequestError, catalogue, nearest
from hongqiao_rules.population.read import arrow_columns, identity_numbers
from hongqiao_rules.population.read.table_shapes import (
    INNER,
    SEPARATOR,
    contained,
    income_kinds,
    list_array,
    wide_incomes,
)
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import FactDefinition
from hongqiao_rules.text.catalogue import Catalogue, Phrase

_PARTS = ("households", "members", "codes", "ignore")


@dataclass(frozen=True, slots=True)
class Mapping:
    """The names of a register.

    Attributes:
        households: for each column of the household table, its name here.
        members: for each column of the member table, its name here.
        codes: for each column (by its name here), the code of each label.
        ignore: the columns that the assessment ignores.
    """

    households: MappingType[str, str] = field(default_factory=dict)
    members: MappingType[str, str] = field(default_factory=dict)
    codes: MappingType[str, MappingType[str, str]] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()

    def names(self, columns: Sequence[str], *, of_members: bool) -> list[str | None]:
        """The name here of each of *columns*; ``None`` for an ignored column."""
        known = self.members if of_members else self.households
        return [None if name in self.ignore else known.get(name, name) for name in columns]

    def renamed(self, table: pa.Table, definitions: Definitions, *, of_members: bool) -> pa.Table:
        """*table* with the names and codes of this package; unmapped names stay."""
        names = dict(
            zip(table.column_names, self.names(table.column_names, of_members=of_members), strict=True)
        )
        kept = {name: here for name, here in names.items() if here is not None}
        table = table.select(list(kept)).rename_columns(list(kept.values()))
        for name, labels in self.codes.items():
            if name in table.column_names and arrow_columns.is_text(table.schema.field(name).type):
                place = table.column_names.index(name)
                table = table.set_column(place, name, _labelled(table.column(name), labels))
        derives = of_members and identity_numbers.columns(definitions)
        found = derives and identity_numbers.COLUMN in table.column_names
        return identity_numbers.derived(table) if found else table

    def nested(self, batch: pa.RecordBatch, definitions: Definitions) -> pa.RecordBatch:
        """Nested households with the names and codes of this package, for the members too."""
        if self == Mapping():
            return batch
        table = self.renamed(pa.Table.from_batches([batch]), definitions, of_members=False).combine_chunks()
        batch = pa.RecordBatch.from_arrays(
            [arrow_columns.whole(column) for column in table.columns], table.column_names
        )
        named = contained(definitions)
        place = batch.schema.get_field_index(named)
        kind = None if place < 0 else getattr(batch.schema.field(place).type, "value_type", None)
        if kind is None or not pa.types.is_struct(kind):
            return batch  # the check of the columns reports the fault
        offsets, items, null = arrow_columns.items(batch.column(place), named)
        fields = [kind.field(i).name for i in range(kind.num_fields)]
        columns = pa.table([items.field(i) for i in range(len(fields))], fields)
        inner = self.renamed(columns, definitions, of_members=True)
        mask = pa.array(arrow_columns.null_mask(items))
        struct = pa.StructArray.from_arrays(
            [arrow_columns.whole(c) for c in inner.columns], inner.column_names, mask=mask
        )
        return batch.set_column(place, named, list_array(offsets, struct, null))


_PARTED = "[;；、，,]"
"""Separators of labels in one cell."""


def _labelled(column: pa.ChunkedArray, labels: MappingType[str, str]) -> pa.Array:
    """*column* with codes in place of labels, one or several in a cell; unknown labels stay."""
    said = column.cast(pa.string()).combine_chunks()
    found = _looked_up(said, labels)
    several = pc.and_(pc.is_null(found), pc.match_substring_regex(said, _PARTED)).fill_null(False)  # noqa: FBT003
    if pc.any(several).as_py():
        lists = pc.split_pattern_regex(said.filter(several), _PARTED)
        pieces = pc.utf8_trim_whitespace(lists.flatten())
        pieces = pc.coalesce(_looked_up(pieces, labels), pieces)
        joined = pc.binary_join(pa.ListArray.from_arrays(lists.offsets, pieces), SEPARATOR)
        found = pc.replace_with_mask(found, several, joined)
    return pc.coalesce(found, said)


def _looked_up(said: pa.Array, labels: MappingType[str, str]) -> pa.Array:
    """The codes of labels, ignoring surrounding blanks; null where there is none."""
    found = pc.index_in(pc.utf8_trim_whitespace(said), value_set=pa.array(list(labels), pa.string()))
    return pa.array(list(labels.values()), pa.string()).take(found)


def read(path: Path, definitions: Definitions) -> Mapping:
    """Read a mapping file.

    Raises:
        RequestError: the file cannot be read, has an invalid key or value, or maps to an unknown name.
    """
    try:
        text = path.read_text("utf-8-sig")
        said, twice = yaml.safe_load(text), _twice(yaml.compose(text, yaml.SafeLoader))
    except UnicodeError:
        raise RequestError("FILE_UNREADABLE", file=path, problem=Phrase("encoding.not_utf8")) from None
    except (OSError, yaml.YAMLError, ValueError, RecursionError) as error:
        raise RequestError("FILE_UNREADABLE", file=path, problem=" ".join(str(error).split())) from None
    if twice is not None:
        raise RequestError("MAPPING_TWICE", file=f"{path}:{twice.start_mark.line + 1}", name=twice.value)
    if not isinstance(said, dict):
        raise RequestError("MAPPING_SHAPE", file=path, key="", known=tuple(_PARTS))
    for key in said:
        if key not in _PARTS:
            raise RequestError(
                "MAPPING_SHAPE", file=path, key=key, known=tuple(_PARTS), meant=nearest(key, _PARTS)
            )
    parts: dict[str, Any] = {key: said.get(key) or {} for key in ("households", "members", "codes")}
    for key, part in parts.items():
        tables = [part] if key != "codes" else [part, *(part.values() if isinstance(part, dict) else ())]
        texts = [t for t in tables if isinstance(t, dict)]
        right = len(texts) == len(tables) and all(isinstance(name, str) for t in texts for name in t)
        if not right or any(not isinstance(v, str) for t in texts[key == "codes" :] for v in t.values()):
            raise RequestError("MAPPING_SHAPE", file=path, key=key, known=tuple(_PARTS))
    ignore = said.get("ignore") or []
    if not isinstance(ignore, list) or any(not isinstance(name, str) for name in ignore):
        raise RequestError("MAPPING_SHAPE", file=path, key="ignore", known=tuple(_PARTS))
    root = definitions.root.facts
    each = {} if definitions.contained is None else definitions.contained.facts
    inside = [] if definitions.root.contains is None else [definitions.root.contains.named]
    wide = [*identity_numbers.columns(definitions), *wide_incomes(income_kinds(definitions))]
    for part, names, known in (
        ("households", parts["households"].values(), [*root, *inside]),
        ("members", parts["members"].values(), [definitions.root.name, *each, *wide]),
        ("codes", parts["codes"], [*root, *each]),
        *(
            (
                f"codes.{fact.name}",
                parts["codes"].get(fact.name, {}).values(),
                [*definitions.codes[fact.type.of or ""].values, ""],
            )
            for fact in (*root.values(), *each.values())
            if fact.type.kind == "code"
        ),
    ):
        for name in names:
            if name not in known:
                raise RequestError(
                    "MAPPING_SHAPE",
                    file=path,
                    key=f"{part}.{name}",
                    known=tuple(known),
                    meant=nearest(name, known),
                )
    return Mapping(parts["households"], parts["members"], parts["codes"], tuple(ignore))


def _twice(node: yaml.Node | None, depth: int = 3) -> yaml.ScalarNode | None:
    """A duplicate key of the file at any depth, of which YAML would keep the last; or ``None``."""
    seen = set[str]()
    for key, value in node.value if isinstance(node, yaml.MappingNode) and depth else ():
        if isinstance(key, yaml.ScalarNode) and key.value in seen:
            return key
        seen.add(key.value if isinstance(key, yaml.ScalarNode) else "")
        if (inner := _twice(value, depth - 1)) is not None:
            return inner
    return None


def template(definitions: Definitions, lang: str = "zh") -> str:
    """Return a mapping file for a register with headers and labels in *lang*, to be adapted to a real one.

    Raises:
        RequestError: UNKNOWN_LANGUAGE.
    """
    words = catalogue(lang)
    root, each = definitions.root, definitions.contained
    wide = {
        words.say("mapping.income", kind=definitions.codes["income-kind"].values[kind]): f"income_{kind}"
        for kind in income_kinds(definitions)
    }
    facts = list(root.facts.values())
    said: dict[str, Any] = {"households": {fact.title.say(lang): fact.name for fact in facts}}
    if each is not None:
        facts += each.facts.values()
        own = {f.title.say(lang): f.name for f in each.facts.values() if not wide or f.name != "incomes"}
        link = root.facts["id"].title.say(lang)
        said["members"] = {root.title.say(lang) if link in own else link: root.name} | own
        numbers = identity_numbers.columns(definitions)
        said["members"] |= {words.say("mapping.identity_number"): name for name in numbers} | wide
    said["codes"] = {
        fact.name: {
            label.say(lang): code for code, label in definitions.codes[fact.type.of or ""].values.items()
        }
        for fact in facts
        if fact.type.kind == "code"
    }
    if each is not None:
        said["ignore"] = [words.say("mapping.member_name"), words.say("mapping.telephone")]
    said["codes"] |= _lists(facts, definitions, words)
    truth = {words.say("yes"): "true", words.say("no"): "false"}
    said["codes"] |= {fact.name: dict(truth) for fact in facts if fact.type.kind == "truth"}
    written: str = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=120)
    return f"{words.say('mapping.head')}\n{written}"


def _lists(
    facts: Iterable[FactDefinition], definitions: Definitions, words: Catalogue
) -> dict[str, dict[str, str]]:
    """The labels of cells that may list several: codes, and disabilities with their grades."""
    labels: dict[str, dict[str, str]] = {}
    for fact in facts:
        if fact.type.kind == "codes":
            values = definitions.codes[fact.type.of or ""].values
            labels[fact.name] = {label.say(words.lang): code for code, label in values.items()}
        elif fact.name == "disabilities" and "disability-kind" in definitions.codes:
            labels[fact.name] = {
                words.say(f"mapping.disability_{grade}", kind=label): f"{kind}{INNER}{grade}"
                for kind, label in definitions.codes["disability-kind"].values.items()
                for grade in range(1, 5)
            }
    return {name: {words.say("nothing"): ""} | found for name, found in labels.items()}
