"""A checked household as an engine takes it, read in one pass over the values of a JSON text.

The pass makes the facts, the text that a receipt is taken of, and notes what was assumed. Most households are right, and
for them it is also the check: it knows by sight what is plainly right. Of everything else the models are the judges
(:mod:`hongqiao_rules.border.reading`); what they take comes back here in their own words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from hongqiao_rules.border.checks import ADULT, plainly_right
from hongqiao_rules.border.fields import LONGEST_TEXT, UNKNOWN, parse_date, parse_money
from hongqiao_rules.border.reading import codes, read
from hongqiao_rules.border.text import parse
from hongqiao_rules.engines.facts import Facts
from hongqiao_rules.engines.trace import MONEY, Kept, quote
from hongqiao_rules.household import Household
from hongqiao_rules.rulebook.definitions import Entity, FactDefinition, FieldDefinition, ordinal

Reader = Callable[[Any], tuple[Any, str]]
"""Takes a plain value to a fact and its text in JSON; raises one of ``UNSURE`` where it is not plainly right."""

UNSURE = (KeyError, TypeError, ValueError)
REQUIRED: Final = object()
"""In place of a default."""


@lru_cache(maxsize=65536)
def fen(amount: Any) -> int:
    """A checked amount in fen."""
    return int(amount.scaleb(2))


class Checked(NamedTuple):
    """A household that was checked.

    Attributes:
        id: its id.
        members: the ids of its members.
        facts: what an engine takes, defaults filled in.
        assumed: JSON pointers to what was absent and taken as the contract says, in the order of the document.
        text: it as JSON, with only what was stated, in the order of the models: what its receipt is taken of.
        stated: it as it was stated, if it was stated as a :class:`Household`.

    """

    id: str
    members: Sequence[str]
    facts: Facts
    assumed: tuple[str, ...]
    text: bytes
    stated: Household | None = None

    @property
    def household(self) -> Household:
        """It as an object."""
        return self.stated or read(parse(self.text), None)


class FactsReader:
    """Reads households by the declarations of the vocabulary."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        root, each = entities["household"], entities["member"]
        inside = root.contains
        assert inside is not None
        member = [_field(fact, inside.named) for fact in each.facts.values()]
        own = [_field(fact) for fact in root.facts.values()]
        members = (inside.named, _several(_object(member), inside.least, inside.most), REQUIRED)
        fields = [own[0], members, *own[1:]]  # as in the model: first the id, then the members
        self._read = _object(fields)
        self._root, self._each = [name for name, _, _ in fields], [name for name, _, _ in member]
        self._optional_root = [name for name, fact in root.facts.items() if _taken_where_absent(fact)]
        self._optional_each = [name for name, fact in each.facts.items() if _taken_where_absent(fact)]
        self._taken = lru_cache(maxsize=16384)(self._taken_of)

    def at_first_sight(self, value: Any, on: int) -> Checked | None:
        """The household of values as they came out of a JSON text, if it is plainly right on *on* (yyyymmdd)."""
        try:
            found = self._take(value, on)
        except UNSURE:
            return None
        right = plainly_right(found.members, found.facts, value["members"], on)
        return found if right else None

    def of(self, household: Household, on: int) -> Checked:
        """A household that was checked for *on* (yyyymmdd)."""
        return self._take(household.model_dump(mode="json", exclude_unset=True), on, household)

    def facts(self, household: Household, on: int) -> Facts:
        """The facts of a household that was checked for *on* (yyyymmdd), defaults filled in."""
        return self.of(household, on).facts

    def _take(self, value: Any, on: int, stated: Household | None = None) -> Checked:
        row, text = self._read(value)
        root: dict[str, Any] = dict(zip(self._root, row, strict=True))
        each: dict[str, Any] = dict(zip(self._each, zip(*root.pop("members"), strict=True), strict=True))
        ids, parents, adult = each.pop("id"), each.pop("parent"), on - ADULT * 10000
        statuses, births, relationships = each["marital_status"], each["birth_date"], each["relationship"]
        if None in statuses:
            each["marital_status"] = statuses = [
                "never_married" if status is None and born > adult else status
                for status, born in zip(statuses, births, strict=True)
            ]
        assumed = self._taken(tuple(value), None, child=False, minor=False)
        for number, member in enumerate(value["members"]):
            assumed += self._taken(
                tuple(member), number, relationships[number] == "child", births[number] > adult
            )
        children = {"parent": _children(ids, parents, relationships)}
        return Checked(
            root.pop("id"), ids, Facts(root, len(ids), each, children), assumed, text.encode(), stated
        )

    def _taken_of(
        self, stated: tuple[str, ...], number: int | None, child: bool, minor: bool
    ) -> tuple[str, ...]:
        """Of the fields that were not *stated* of a member, or of the household, those for which a value was taken."""
        if number is None:
            return tuple(f"/{name}" for name in self._optional_root if name not in stated)
        needless = {"parent": not child, "marital_status": not minor}
        return tuple(
            f"/members/{number}/{name}"
            for name in self._optional_each
            if name not in stated and not needless.get(name, False)
        )


def _children(ids: Sequence[str], parents: Sequence[Any], relationships: Sequence[str]) -> list[list[int]]:
    """For each member the positions of their children, the applicant being the parent of a ``child`` by default."""
    children: list[list[int]] = [[] for _ in ids]
    for number, relationship in enumerate(relationships):
        if parents[number] is not None:
            children[ids.index(parents[number])].append(number)
        elif relationship == "child":
            children[relationships.index("applicant")].append(number)
    return children


# --- readers of values ---------------------------------------------------------------------------------------------


def _taken_where_absent(fact: FactDefinition) -> bool:
    """Whether a value is taken where the fact is not stated; else it stays unstated, and nothing is assumed."""
    return not fact.required and (fact.default is not None or fact.assumed_as is not None)


def _field(fact: FactDefinition | FieldDefinition, *path: str) -> tuple[str, Reader, Any]:
    """The name of a fact (or of a field of a record), its reader, and the fact where nothing is stated."""
    reader = _reader(fact, *path, fact.name)
    if isinstance(fact, FieldDefinition) or fact.required:
        return fact.name, reader, REQUIRED
    return fact.name, reader, () if fact.default == [] else fact.default


def _reader(fact: FactDefinition | FieldDefinition, *path: str) -> Reader:
    match fact.type.kind:
        case "text" | "reference":
            return _text
        case "date":
            return _DAYS.__getitem__
        case "money":
            return _amount
        case "truth":
            return _truth
        case "number":
            return _number(fact.least, fact.most)
        case "code":
            return _code(path)
        case "codes":
            return _several(_code(path), 0, fact.most)
    assert isinstance(fact, FactDefinition)
    return _several(_object([_field(field, *path) for field in fact.fields.values()]), 0, fact.most)


def _object(fields: Sequence[tuple[str, Reader, Any]]) -> Reader:
    """Reads an object of these fields into a row of facts.

    It is a function written for the fields, since most households pass here and nowhere else. Readers reach it as
    objects, and no text of an input ever reaches Python's compiler.
    """
    given: dict[str, Any] = {}
    body, count = ["if type(value) is not dict: raise TypeError", "text, count = '', len(value)"], 0
    for number, (name, reader, absent) in enumerate(fields):
        given |= {f"r{number}": reader, f"k{number}": f',"{name}":', f"a{number}": absent}
        read = [f"x{number}, t = r{number}(value[{name!r}])", f"text += k{number} + t"]
        if absent is REQUIRED:
            body += read
            count += 1
        else:
            body += [f"if {name!r} in value:", *("    " + line for line in (*read, "count -= 1"))]
            body += [f"else: x{number} = a{number}"]
    body += [f"if count != {count}: raise KeyError"]
    body += [f"return ({''.join(f'x{number}, ' for number in range(len(fields)))}), f'{{{{{{text[1:]}}}}}}'"]
    names = "".join(
        f", {name}={name}" for name in given
    )  # defaults of parameters are what Python reads fastest
    source = f"def read(value{names}):\n    " + "\n    ".join(body)
    exec(compile(source, "<reader>", "exec"), given)  # noqa: S102  # written above, from the vocabulary
    made: Reader = given["read"]
    return made


def _several(one: Reader, least: int, most: int) -> Reader:
    """Reads a list of so many of one kind."""

    def reader(value: Any) -> tuple[Sequence[Any], str]:
        if type(value) is not list or not least <= len(value) <= most:
            raise TypeError
        facts, texts = [], []
        for item in value:
            fact, text = one(item)
            facts.append(fact)
            texts.append(text)
        return facts, f"[{','.join(texts)}]"

    return reader


def _code(path: tuple[str, ...]) -> Reader:
    return {code: (code, f'"{code}"') for code in codes(path)}.__getitem__


def _number(least: int, most: int) -> Reader:
    def reader(value: Any) -> tuple[int, str]:
        if type(value) is not int or not least <= value <= most:
            raise TypeError
        return value, str(value)

    return reader


def _truth(value: Any) -> tuple[bool, str]:
    if value is True:
        return True, "true"
    if value is False:
        return False, "false"
    raise TypeError


def _text(value: Any) -> tuple[str, str]:
    if type(value) is not str or not 0 < len(value) <= LONGEST_TEXT or value == UNKNOWN:
        raise TypeError
    return value, quote(value)


def _amount(value: Any) -> tuple[int, str]:
    # Only text is kept: to a dictionary 1 and True are the same.
    found: tuple[int, str] = _AMOUNTS[str(value) if type(value) is int else value]
    return found


def _written_amount(text: Any) -> tuple[int, str]:
    found = parse_money(text) if type(text) is str else None
    if found is None:
        raise TypeError
    return found, f'"{MONEY(found)}"'


def _written_day(text: Any) -> tuple[int, str]:
    found = parse_date(text) if type(text) is str else None
    if found is None:
        raise TypeError
    return ordinal(found), f'"{text}"'


_AMOUNTS, _DAYS = Kept(_written_amount), Kept(_written_day)
