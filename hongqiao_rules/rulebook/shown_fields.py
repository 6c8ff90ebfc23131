"""The figures and lists of an assessment, derived from the rulebook file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from hongqiao_rules.errors import RequestError, nearest
from hongqiao_rules.language.nodes import Type
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.definitions import Head, Origin, Result

if TYPE_CHECKING:
    from hongqiao_rules.rulebook.faults import Faults
    from hongqiao_rules.rulebook.link import Linked

FIXED = (
    "on", "complete", "readings", "overlays", "notices", "assumed", "policy_version", "receipt", "citations", "trace",
)  # fmt: skip
"""The fields of every assessment, in addition to the id of the root, whose key is the name of the root."""


class Field(NamedTuple):
    """A figure with its possible codes, or a list (``listed``) with the type of its entries."""

    name: str
    title: Bilingual
    type: Type
    listed: bool
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields that assessments of a rulebook show.

    Attributes:
        root: the name of the assessed entity, and the key of its id.
        ordered: the figures and lists in the declared order.
        others: the lists that the declared order omits.
        declared: the declared result, or ``None``.
    """

    root: str
    ordered: tuple[Field, ...]
    others: tuple[Field, ...]
    declared: Result | None

    @property
    def figures(self) -> tuple[Field, ...]:
        """The figures, in order."""
        return tuple(field for field in self.ordered if not field.listed)

    @property
    def lists(self) -> tuple[Field, ...]:
        """The lists, in order."""
        return tuple(field for field in (*self.ordered, *self.others) if field.listed)

    @property
    def result(self) -> Result:
        """The declared result of the rulebook.

        Raises:
            RequestError: NO_RESULT; the rulebook declares none.
        """
        if self.declared is None:
            raise RequestError("NO_RESULT")
        return self.declared


def fields(linked: Linked) -> Fields:
    """The fields of the assessments of *linked*."""
    head = linked.definitions.head

    def listed(name: str) -> Field:
        return Field(name, head.lists[name], Type(head.entries[name]), listed=True)

    def figure(name: str) -> Field:
        found = linked.conclusions[name]
        codes = linked.definitions.codes.get(found.type.of or "") if found.type.kind == "code" else None
        if codes is not None:
            return Field(name, codes.title, found.type, listed=False, codes=tuple(codes.values))
        return Field(name, found.rules[-1].title, found.type, listed=False)

    ordered = tuple(listed(name) if name in head.lists else figure(name) for name in head.assessment)
    others = tuple(listed(name) for name in head.lists if name not in head.assessment)
    return Fields(head.root, ordered, others, head.result)


def check(head: Head, faults: Faults) -> None:
    """Refuse a figure or list that is declared twice or has a reserved name, and a role of an unknown figure or list."""
    first: dict[str, Origin] = {}
    for name, place in [
        *((name, head.origin / "figures" / number) for number, name in enumerate(head.figures)),
        *((name, head.origin / "lists" / name) for name in head.lists),
    ]:
        if name in first:
            _twice(name, place, first[name], faults)
        elif name in (head.root, *FIXED):
            faults("POLICY_NAME_RESERVED", place, name=name)
        first.setdefault(name, place)
    placed: dict[str, Origin] = {}
    for key, names in (("assessment", head.assessment), ("for_display", head.for_display)):
        known = [*head.figures, *(head.lists if key == "assessment" else ())]
        for number, name in enumerate(names):
            place = head.origin / key / number
            if name not in known:
                faults("POLICY_NO_SUCH_FIGURE", place, name=name, meant=nearest(name, known))
            elif key == "assessment" and name in placed:
                _twice(name, place, placed[name], faults)
            elif key == "assessment":
                placed[name] = place
    for name, total in head.totals.items():
        place = head.origin / "lists" / name / "total"
        if head.entries[name] == "truth":
            faults("POLICY_TOTAL_OF_TRUTHS", place, name=name)
        elif total not in head.figures:
            faults("POLICY_NO_SUCH_FIGURE", place, name=total, meant=nearest(total, head.figures))
    if head.result is not None:
        _check_result(head, head.result, faults)


def _check_result(head: Head, result: Result, faults: Faults) -> None:
    """Refuse a result that names a missing figure or list, or pays a list without a total."""
    origin = head.origin / "result"
    for key, names in (
        ("outcome", (result.outcome,)),
        ("delay", (result.delay,)),
        ("decisive", result.decisive),
    ):
        for number, name in enumerate(names):
            if name is not None and name not in head.figures:
                place = origin / key / number if key == "decisive" else origin / key
                faults("POLICY_NO_SUCH_FIGURE", place, name=name, meant=nearest(name, head.figures))
    known = (*head.figures, *(name for name, entries in head.entries.items() if entries == "money"))
    for number, name in enumerate(result.compared):
        if name not in known:
            faults(
                "POLICY_NO_SUCH_FIGURE", origin / "compared" / number, name=name, meant=nearest(name, known)
            )
    if result.pays not in head.lists:
        meant = nearest(result.pays, head.lists)
        faults("POLICY_UNKNOWN_LIST", origin / "pays", name=result.pays, meant=meant)
    elif not result.total:
        faults("POLICY_MISSING_KEY", head.origin / "lists" / result.pays, name="total")


def _twice(name: str, place: Origin, first: Origin, faults: Faults) -> None:
    line, _ = faults.document(first.file).place(first.path)
    faults("POLICY_SHOWN_TWICE", place, name=name, first=f"{first.file}:{line}")
