"""Readers of single values, built from the declarations of facts in a rulebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from hongqiao_rules.household.fields import LONGEST_TEXT, MONEY_RANGE, UNKNOWN, parse_date, parse_money
from hongqiao_rules.rulebook.definitions import CodeList, FactDefinition, FieldDefinition, ordinal
from hongqiao_rules.rulebook.value_text import MONEY, Kept, quote

Reader = Callable[[Any], tuple[Any, str]]
"""Converts a plain value to a fact and its JSON text; raises TypeError, KeyError or ValueError if it may be invalid."""

REQUIRED: Final = object()
"""Replaces the default of a required field."""


def taken_where_absent(fact: FactDefinition) -> bool:
    """True if an assessment assumes a value for the fact when it is absent."""
    return not fact.required and (fact.default is not None or fact.assumed_as is not None)


def field_(fact: FactDefinition | FieldDefinition, lists: Mapping[str, CodeList]) -> tuple[str, Reader, Any]:
    """The name of a fact (or of a field of a record), its reader, and its default, or :data:`REQUIRED`."""
    reader = _reader(fact, lists)
    if isinstance(fact, FieldDefinition) or fact.required:
        return fact.name, reader, REQUIRED
    return fact.name, reader, () if fact.default == [] else fact.default


def _reader(fact: FactDefinition | FieldDefinition, lists: Mapping[str, CodeList]) -> Reader:
    match fact.type.kind:
        case "text" | "reference":
            return _text
        case "date":
            return _DAYS.__getitem__
        case "money":
            return _amount if (fact.least, fact.most) == MONEY_RANGE else _amounts(fact.least, fact.most)
        case "truth":
            return _truth
        case "number":
            return _number(fact.least, fact.most)
        case "code":
            return _code(lists[fact.type.of or ""])
        case "codes":
            return several(_code(lists[fact.type.of or ""]), 0, fact.most)
    assert isinstance(fact, FactDefinition)
    return several(object_([field_(field, lists) for field in fact.fields.values()]), 0, fact.most)


def object_(fields: Sequence[tuple[str, Reader, Any]]) -> Reader:
    """A reader of an object with *fields*; its fact is a tuple with one item for each field.

    The function is generated for speed: almost every household passes through it. Its source contains only names from the
    vocabulary, never text of an input.
    """
    given: dict[str, Any] = {}
    body, count = ["if type(value) is not dict: raise TypeError", "text, count = '', len(value)"], 0
    for number, (name, reader, default) in enumerate(fields):
        table = getattr(reader, "__self__", None)
        called = f"r{number}[value[{name!r}]]" if isinstance(table, dict) else f"r{number}(value[{name!r}])"
        given |= {
            f"r{number}": table if isinstance(table, dict) else reader,
            f"k{number}": f',"{name}":',
            f"a{number}": default,
        }
        read = [f"x{number}, t = {called}", f"text += k{number} + t"]
        if default is REQUIRED:
            body += read
            count += 1
        else:
            body += [f"if {name!r} in value:", *("    " + line for line in (*read, "count -= 1"))]
            body += [f"else: x{number} = a{number}"]
    body += [f"if count != {count}: raise KeyError"]
    body += [f"return ({''.join(f'x{number}, ' for number in range(len(fields)))}), f'{{{{{{text[1:]}}}}}}'"]
    names = "".join(f", {name}={name}" for name in given)  # Python reads defaults faster than globals
    source = f"def read(value{names}):\n    " + "\n    ".join(body)
    exec(compile(source, "<reader>", "exec"), given)  # noqa: S102  # generated above, from the vocabulary
    made: Reader = given["read"]
    return made


def several(one: Reader, least: int, most: int) -> Reader:
    """A reader of a list of *least* to *most* items, each read by *one*."""

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


def _code(codes: CodeList) -> Reader:
    return {code: (code, f'"{code}"') for code in codes.values}.__getitem__


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
    # Integers are cached as text, because 1 and True are the same dictionary key.
    found: tuple[int, str] = _AMOUNTS[str(value) if type(value) is int else value]
    return found


def _written_amount(text: Any) -> tuple[int, str]:
    found = parse_money(text) if type(text) is str else None
    if found is None:
        raise TypeError
    return found, f'"{MONEY(found)}"'


def _amounts(least: int, most: int) -> Reader:
    """Return the reader of amounts from *least* to *most* fen."""

    def read(value: Any) -> tuple[int, str]:
        found = parse_money(value, least, most) if type(value) in (str, int) else None
        if found is None:
            raise TypeError
        return found, f'"{MONEY(found)}"'

    return read


def _written_day(text: Any) -> tuple[int, str]:
    found = parse_date(text) if type(text) is str else None
    if found is None:
        raise TypeError
    return ordinal(found), f'"{text}"'


_AMOUNTS, _DAYS = Kept(_written_amount), Kept(_written_day)
