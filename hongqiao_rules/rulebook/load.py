"""Load folders of policy files into a :class:`Rulebook`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from itertools import chain, combinations
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakValueDictionary

from hongqiao_rules.errors import PolicyError, PolicyFault, RequestError, nearest
from hongqiao_rules.rulebook import input_rules
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.assemble import define
from hongqiao_rules.rulebook.dating import Dated, Memory, changes, date
from hongqiao_rules.rulebook.definitions import FOREVER, iso, previous_day
from hongqiao_rules.rulebook.faults import Faults
from hongqiao_rules.rulebook.folders import (
    BUNDLED,
    bundled,
    digest,
    files,
    from_snapshot,
    label_of,
    read_files,
)
from hongqiao_rules.rulebook.input_rules import DatedInputs
from hongqiao_rules.rulebook.link import Linked, Linker
from hongqiao_rules.rulebook.shown_fields import Fields, fields
from hongqiao_rules.rulebook.translations import Trees

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


T = TypeVar("T")
_MOST_MADE = 512
_received: WeakValueDictionary[str, Rulebook] = WeakValueDictionary()
"""Unpickled rulebooks by digest."""


class Rulebook:
    """A checked rulebook. Immutable; results derived from it are cached and shared between threads."""

    def __init__(self, definitions: Definitions, digest: str, faults: Faults) -> None:
        self.definitions = definitions
        self.digest = digest
        self._faults = faults
        self._linked: dict[tuple[str, ...], Linked] = {}
        self._changes: dict[tuple[str, ...], list[int]] = {}
        self._dated: dict[tuple[object, ...], Dated] = {}
        self._inputs: dict[int, DatedInputs] = {}
        self._made: dict[tuple[object, ...], Any] = {}
        self._lock = Lock()
        self.linked(())
        self.input_rules = input_rules.link(definitions, found := Faults(faults.data))
        found.settle()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle support: recreate from the policy files; the bundled rulebook is loaded by each process itself."""
        if type(self) is not Rulebook:
            raise TypeError(f"{type(self).__name__} is not made of files and cannot be pickled")
        if self.digest == bundled_rulebook().digest:
            return bundled_rulebook, ()
        return _unpickled, (self.digest, dict(self.files))

    def once(self, make: Callable[..., T], *arguments: Hashable) -> T:
        """The result of *make* for the rulebook and *arguments*: made once, and freed with the rulebook.

        Two threads may both make it. At most ``_MOST_MADE`` results are kept.
        """
        key = (make, *arguments)
        if key not in self._made:
            made = make(self, *arguments)
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            return self._made.setdefault(key, made)  # type: ignore[no-any-return]  # of this make
        return self._made[key]  # type: ignore[no-any-return]  # of this make

    @cached_property
    def fields(self) -> Fields:
        """The figures and lists that its assessments show."""
        return fields(self.linked(()))

    @property
    def own_files(self) -> set[str]:
        """The names of the files that the caller gave: all files, or those added to the bundled rulebook."""
        added = {file for file in self.files if not file.startswith(f"{BUNDLED}/")}
        return added or set(self.files)

    @property
    def files(self) -> Mapping[str, bytes]:
        """The bytes of each policy file of the rulebook, by name."""
        return self._faults.data

    def linked(self, overlays: tuple[str, ...]) -> Linked:
        """The rulebook under *overlays*, with names resolved.

        Raises:
            RequestError: OVERLAYS_CONFLICT; two overlays replace the same rule or parameter.
            PolicyError: The files contradict each other under these overlays.
        """
        with self._lock:
            if overlays not in self._linked:
                self._check_overlays(overlays)
                faults = Faults(self._faults.data)
                linked = Linker(self.definitions, overlays, faults).link()
                faults.settle()
                self._linked[overlays] = linked
                self._changes[overlays] = changes(linked)
            return self._linked[overlays]

    def claimed(self, overlays: tuple[str, ...]) -> Linked:
        """The rulebook under *overlays* with the expressions of its properties as further conclusions.

        Raises:
            PolicyError: A property has an unknown name or an expression of the wrong type.
        """
        from hongqiao_rules.rulebook.properties import link

        faults = Faults(self._faults.data)
        linked = link(self.definitions, overlays, faults)
        faults.settle()
        return linked

    def overlay_sets(self) -> Iterator[tuple[str, ...]]:
        """Yield every set of overlays that do not conflict, the empty one first."""
        names = list(self.definitions.overlays)
        for chosen in chain.from_iterable(combinations(names, size) for size in range(len(names) + 1)):
            with suppress(RequestError):
                self.linked(chosen)
                yield chosen

    def _check_overlays(self, overlays: tuple[str, ...]) -> None:
        for table in (self.definitions.rules, self.definitions.parameters):
            seen: dict[str, str] = {}
            for overlay, name in table:
                if overlay in overlays and overlay is not None:
                    if name in seen:
                        raise RequestError("OVERLAYS_CONFLICT", one=seen[name], other=overlay, rule=name)
                    seen[name] = overlay

    def change_dates(self, overlays: tuple[str, ...] = ()) -> list[int]:
        """The days (yyyymmdd, sorted) on which the rulebook under *overlays* differs from the day before."""
        self.linked(overlays)
        return self._changes[overlays]

    def dated(self, day: int, readings: Mapping[str, str], overlays: tuple[str, ...]) -> Dated:
        """The rulebook in force on *day* (yyyymmdd); the same object for every day between two changes."""
        linked = self.linked(overlays)
        days = self._changes[overlays]
        index = bisect_right(days, day) - 1
        start = days[index]
        end = previous_day(days[index + 1]) if index + 1 < len(days) else FOREVER
        key = (start, tuple(readings.items()), overlays)
        with self._lock:
            if key not in self._dated:
                faults = Faults(self._faults.data)
                dated = date(linked, start, end, readings, faults)
                faults.settle()
                self._dated[key] = dated
            return self._dated[key]

    def inputs(self, day: int) -> DatedInputs:
        """The input checks and derived defaults in force on *day* (yyyymmdd); the same object between two changes."""
        days = self._changes[()]
        index = max(0, bisect_right(days, day) - 1)
        with self._lock:
            if index not in self._inputs:
                end = previous_day(days[index + 1]) if index + 1 < len(days) else FOREVER
                faults = Faults(self._faults.data)
                self._inputs[index] = input_rules.date(self.input_rules, days[index], end, faults)
                faults.settle()
            return self._inputs[index]

    def check_values(self) -> None:
        """Refuse facts that may be absent although a rule needs a value; only codes and references may be absent in a rule.

        Raises:
            PolicyError: POLICY_NEEDS_DEFAULT; for each such fact.
        """
        faults = Faults(self._faults.data)
        for entity in self.definitions.entities.values():
            for fact in entity.facts.values():
                absent = not fact.required and fact.default is None
                if absent and fact.type.kind not in ("text", "code", "reference"):
                    faults("POLICY_NEEDS_DEFAULT", fact.origin / "type", name=fact.name)
        faults.settle()

    def check_names(self, readings: Mapping[str, str], overlays: Sequence[str]) -> None:
        """Refuse an unknown reading, choice or overlay, and an overlay that is given twice.

        Raises:
            RequestError: UNKNOWN_READING, UNKNOWN_CHOICE or UNKNOWN_OVERLAY, with the known names; OVERLAY_TWICE.
        """
        known, named = self.definitions.readings, self.definitions.overlays
        for name, choice in readings.items():
            if name not in known:
                raise RequestError(
                    "UNKNOWN_READING", name=name, known=tuple(known), meant=nearest(name, known)
                )
            choices = known[name].choices
            if choice not in list(choices):
                listed, meant = tuple(choices), nearest(choice, choices)
                raise RequestError("UNKNOWN_CHOICE", name=name, choice=choice, known=listed, meant=meant)
        for overlay in overlays:
            if overlay not in named:
                raise RequestError(
                    "UNKNOWN_OVERLAY", name=overlay, known=tuple(named), meant=nearest(overlay, named)
                )
        if len(set(overlays)) != len(overlays):
            raise RequestError("OVERLAY_TWICE", name=max(overlays, key=list(overlays).count))

    def check_day(self, day: int, overlays: Sequence[str]) -> None:
        """Refuse a day (yyyymmdd) before the first modelled day, or on which one of *overlays* is not in force.

        Raises:
            RequestError: NOT_MODELLED, with the sentence of the rulebook; OVERLAY_NOT_IN_FORCE.
        """
        head = self.definitions.head
        if day < head.modelled_from:
            start = iso(head.modelled_from)
            raise RequestError("NOT_MODELLED", on=iso(day), start=start, sentence=head.not_modelled)
        for overlay in overlays:
            found = self.definitions.overlays[overlay]
            if not found.start <= day <= found.end:
                raise RequestError("OVERLAY_NOT_IN_FORCE", name=overlay, on=iso(day), start=iso(found.start))

    def sweep(self) -> None:
        """Check the rulebook on every day of change, under every choice of each reading and under each overlay.

        Raises:
            PolicyError: All faults, each once.
        """
        from hongqiao_rules.rulebook.ranges import check as check_ranges
        from hongqiao_rules.rulebook.unused import check as check_unused

        found: dict[tuple[str, str, int, int], PolicyFault] = {}

        def tell(faults: tuple[PolicyFault, ...] | list[PolicyFault]) -> None:
            for fault in faults:
                found.setdefault((fault.code, fault.file, fault.line, fault.column), fault)

        known = self.definitions.readings
        default = {name: reading.default for name, reading in known.items()}
        choices = [default, *({**default, n: c} for n, r in known.items() for c in list(r.choices)[1:])]
        whole: dict[str | None, Linked] = {}
        for overlay in (None, *self.definitions.overlays.values()):
            names = () if overlay is None else (overlay.id,)
            try:
                self.linked(names)
                linked = self.claimed(names)
            except PolicyError as error:
                tell(error.faults)
                continue
            whole[overlay and overlay.id] = linked
            days, memory = self._changes[names], Memory(linked)
            for readings in choices:
                for day in days:
                    if overlay is not None and not overlay.start <= day <= overlay.end:
                        continue
                    faults = Faults(self._faults.data)
                    check_ranges(date(linked, day, day, readings, faults, memory), faults)
                    tell(faults.found)
        for day in self._changes[()]:
            faults = Faults(self._faults.data)
            inputs = input_rules.date(self.input_rules, day, day, faults)
            check_ranges(inputs.singly(), faults)
            tell(faults.found)
        if not found:
            faults = Faults(self._faults.data)
            check_unused(self.definitions, whole, input_rules.parameters_named(self.input_rules), faults)
            tell(faults.found)
        if found:
            raise PolicyError(found.values())


def load(folders: Sequence[Path | Traversable] = (), *, part: str = "") -> Rulebook:
    """The rulebook of *folders*; without any, that of the bundled policies (or of their subfolder *part*).

    Folders without a rulebook file are added to the bundled policies.

    Raises:
        PolicyError: All faults found, each with its place.
    """
    if not folders:
        return _load([bundled(part)], checked=True)
    return _load(folders, checked=False)


@lru_cache(maxsize=1)
def bundled_rulebook() -> Rulebook:
    """The rulebook of the bundled policies, loaded once in each process."""
    return load()


def _unpickled(digest: str, files: Mapping[str, bytes]) -> Rulebook:
    """The rulebook of checked files; the existing object if this process has one with that digest."""
    book = _received.get(digest)
    if book is None:
        faults = Faults(files)
        definitions = define(read_files(files, {}, faults), faults)
        assert definitions is not None
        book = _received[digest] = Rulebook(definitions, digest, faults)
    return book


def _load(folders: Sequence[Path | Traversable], *, checked: bool) -> Rulebook:
    data: dict[str, bytes] = {}
    for folder in {str(Path(str(folder)).resolve()): folder for folder in folders}.values():
        if not folder.is_dir():
            raise PolicyError([_absent(str(folder))])
        label = label_of(folder)
        if any(file.startswith(f"{label}/") for file in data):
            label = str(Path(str(folder)).resolve())  # two folders have the same name
        found = dict(files(folder, label))
        if not found:
            raise PolicyError([_absent(str(folder))])
        data.update(found)
    # Only the snapshot of the bundled folder is used: its content was checked before the release.
    unchanged, said = from_snapshot(folders[0], data) if checked or folders[0] == bundled() else ({}, "")
    kept = checked and bool(said)
    faults = Faults(data)
    if kept:
        trees = unchanged
    else:
        trees = read_files(data, unchanged, faults)
        if not any("rulebook" in tree for tree in trees.values()) and not checked:
            faults.settle()
            return _load([bundled(), *folders], checked=False)
    definitions = define(trees, faults)
    faults.settle()
    assert definitions is not None
    if not kept:
        from hongqiao_rules.rulebook.references import check as check_references

        check_references(definitions, faults)
        faults.settle()
        said = digest(trees)
    book = Rulebook(definitions, said, faults)
    if not kept:
        book.sweep()
    return book


def _absent(folder: str) -> PolicyFault:
    return PolicyFault("POLICY_NO_FILES", folder, 1, 1, folder=folder)


def read_bundled(part: str = "") -> tuple[dict[str, bytes], Trees]:
    """The bytes and the trees of the bundled policy files, parsed from the files and not from the snapshot."""
    data = dict(files(bundled(part), label_of(bundled(part))))
    faults = Faults(data)
    trees = read_files(data, {}, faults)
    faults.settle()
    return data, trees
