"""Calculators and assessments sent to another process, as ``pickle`` and ``multiprocessing`` do it.

What is sent is what they rest on: the policy files (nothing of the bundled ones, which the other process has), the readings
and overlays, the date and the facts. There they are made anew, which comes to the same: the receipt says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from hongqiao_rules.border.text import parse
from hongqiao_rules.calculator import Calculator
from hongqiao_rules.rulebook.assemble import define
from hongqiao_rules.rulebook.folders import read_files
from hongqiao_rules.rulebook.load import Faults, Rulebook, bundled_rulebook

if TYPE_CHECKING:
    from hongqiao_rules.assessment import Assessment

Sent = tuple[str, Mapping[str, bytes]] | None
"""A rulebook: its digest and its files; ``None`` is the bundled one."""

_received: WeakValueDictionary[str, Rulebook] = WeakValueDictionary()


def calculator(made: Calculator) -> tuple[Callable[..., Calculator], tuple[Any, ...]]:
    """How a calculator is made anew, and from what."""
    return _calculator, (_sent(made.rulebook), dict(made.readings), made.overlays)


def assessment(made: Assessment) -> tuple[Callable[..., Assessment], tuple[Any, ...]]:
    """How an assessment is made anew, and from what."""
    basis = made.basis
    compiled = basis.compiled
    asked = _sent(compiled.rulebook), dict(compiled.readings), compiled.overlays
    return _assessment, (*asked, basis.checked.text, basis.on)


def _calculator(sent: Sent, readings: Mapping[str, str], overlays: tuple[str, ...]) -> Calculator:
    return Calculator(readings=readings, overlays=overlays, _rulebook=_rulebook(sent))


def _assessment(
    sent: Sent, readings: Mapping[str, str], overlays: tuple[str, ...], text: bytes, on: date
) -> Assessment:
    return _calculator(sent, readings, overlays).assess_plain(parse(text), on)


def _sent(book: Rulebook) -> Sent:
    if type(book) is not Rulebook:
        raise TypeError(f"{type(book).__name__} is not made of files, and is not sent")
    return None if book.digest == bundled_rulebook().digest else (book.digest, dict(book.files))


def _rulebook(sent: Sent) -> Rulebook:
    """The rulebook that was sent: the same object as long as this process has one of those files."""
    if sent is None:
        return bundled_rulebook()
    digest, files = sent
    book = _received.get(digest)
    if book is None:
        faults = Faults(files)  # there are none: the other process has checked them
        definitions = define(read_files(files, {}, faults), faults)
        faults.settle()
        assert definitions is not None
        book = _received[digest] = Rulebook(definitions, digest, faults)
    return book
