"""Read coverage files and check them against the rulebooks that they name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hongqiao_rules.errors import PolicyError, PolicyFault, nearest
from hongqiao_rules.plan.coverage_models import KINDS
from hongqiao_rules.rulebook import validation, yaml_tree
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.bilingual import Bilingual, bilingual
from hongqiao_rules.rulebook.definitions import Citation
from hongqiao_rules.rulebook.folders import APART, bundled, files
from hongqiao_rules.rulebook.yaml_tree import Document

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

WAYS = ("modelled", "not_computable", "descriptive")
"""The kinds of coverage of a sentence; an entry has exactly one."""


class Reason(NamedTuple):
    """A reason why a sentence is not computable."""

    id: str
    text: Bilingual


class Entry(NamedTuple):
    """The coverage of one sentence.

    Attributes:
        paragraph, number: the place of the sentence, both from 1.
        begins: its first words.
        digest: the digest of its characters (:func:`~hongqiao_rules.plan.sentences.digest`).
        way: ``"modelled"``, ``"not_computable"`` or ``"descriptive"``.
        rules: the rules that model it.
        reason: why it is not computable; None for other kinds of coverage.
        kind: ``"heading"``, ``"account"`` or ``"context"`` for a descriptive sentence, else None.
    """

    paragraph: int
    number: int
    begins: str
    digest: str
    way: str
    rules: tuple[str, ...]
    reason: Reason | None
    kind: str | None

    @property
    def place(self) -> str:
        """The place as text: ``5.4`` is the fourth sentence of the fifth paragraph."""
        return f"{self.paragraph}.{self.number}"


class Part(NamedTuple):
    """A part of the document (a chapter) with its entries."""

    title: Bilingual
    entries: tuple[Entry, ...]


class Coverage(NamedTuple):
    """The coverage of a document, part by part.

    Attributes:
        source: the id of the document.
        parts: its parts, in order.
        quotes: the quotations of the document in the rulebooks: rule or parameter, and words.
    """

    source: str
    parts: tuple[Part, ...]
    quotes: tuple[tuple[str, str], ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of all parts, in the order of the document."""
        return tuple(entry for part in self.parts for entry in part.entries)

    def count(self, way: str) -> int:
        """Count the sentences covered in one way."""
        return sum(entry.way == way for entry in self.entries)


def folder() -> Path | Traversable:
    """Return the folder of the bundled coverage."""
    return bundled() / APART


def read(books: Iterable[Definitions], source: str, of: Path | Traversable | None = None) -> Coverage:
    """Return the coverage of *source* by the rules of *books*, read from the folder *of*, by default the bundled one.

    Raises:
        PolicyError: A file is invalid, names a rule that does not exist or does not cite the document, or a rule that
            cites it covers no sentence.
    """
    known = list(books)
    found: list[PolicyFault] = []
    documents: list[Document] = []
    for file, content in files(of if of is not None else folder(), f"policies/{APART}"):
        document, faults = yaml_tree.read(file, content)
        found += faults or validation.faults(document, KINDS)
        documents.append(document)
    if found or not documents:
        raise PolicyError(found or [PolicyFault("POLICY_NO_FILES", APART, 1, 1, folder=APART)])
    reader = _Reader(known, source, documents)
    coverage = reader.coverage()
    if reader.faults:
        raise PolicyError(reader.faults)
    return coverage


class _Reader:
    def __init__(self, books: list[Definitions], source: str, documents: list[Document]) -> None:
        self.source, self.documents = source, documents
        self.faults: list[PolicyFault] = []
        self.rules = {rule_id for book in books for _, rule_id in book.rules}
        self.quotes = [(of, cited.words) for of, cited in _citations(books, source) if cited.words]
        self.citing = {of for of, _ in _citations(books, source)}
        self.reasons: dict[str, Reason] = {}
        for document in documents:
            for name, text in document.tree.get("reasons", {}).items():
                self.reasons[name] = Reason(name, bilingual(text))

    def coverage(self) -> Coverage:
        parts = [d for d in self.documents if d.tree.get("coverage") == self.source]
        parts.sort(key=lambda document: int(document.tree["part"]))
        expected, found = 1, []
        for document in parts:
            tree, entries = document.tree, []
            for place, paragraph in enumerate(tree["paragraphs"]):
                if paragraph["number"] != expected:
                    self.refuse(
                        document, "COVERAGE_PARAGRAPH", "paragraphs", place, "number", wanted=expected
                    )
                expected = paragraph["number"] + 1
                for number, sentence in enumerate(paragraph["sentences"], 1):
                    path = ("paragraphs", place, "sentences", number - 1)
                    entries.append(self.entry(document, path, paragraph["number"], number, sentence))
            found.append(Part(bilingual(tree["title"]), tuple(entries)))
        self.check_rules(parts, {rule for part in found for entry in part.entries for rule in entry.rules})
        return Coverage(self.source, tuple(found), tuple(self.quotes))

    def entry(
        self, document: Document, path: tuple[str | int, ...], paragraph: int, number: int, said: Mapping[str, Any]
    ) -> Entry:  # fmt: skip
        ways = [way for way in WAYS if said.get(way)]
        if len(ways) != 1:
            self.refuse(document, "COVERAGE_NOT_ONE", *path, known=tuple(WAYS))
        for position, rule in enumerate(said.get("modelled") or ()):
            if rule not in self.rules:
                self.unknown(document, (*path, "modelled", position), rule, self.rules)
        reason = said.get("not_computable")
        if reason is not None and reason not in self.reasons:
            self.unknown(document, (*path, "not_computable"), reason, self.reasons)
        return Entry(
            paragraph, number, said["begins"], said["digest"], ways[0] if ways else "",
            tuple(said.get("modelled") or ()), self.reasons.get(reason or ""), said.get("descriptive"),
        )  # fmt: skip

    def check_rules(self, parts: list[Document], listed: set[str]) -> None:
        """Report rules that cite the document and model no sentence of it."""
        for rule in sorted((self.citing & self.rules) - listed):
            self.refuse(parts[0], "COVERAGE_UNLISTED", "coverage", rule=rule, source=self.source)

    def unknown(
        self, document: Document, path: tuple[str | int, ...], name: str, known: Collection[str]
    ) -> None:
        self.refuse(document, "COVERAGE_UNKNOWN_NAME", *path, name=name, meant=nearest(name, known))

    def refuse(self, document: Document, code: str, *path: str | int, **arguments: object) -> None:
        self.faults.append(document.fault(code, path, **arguments))  # type: ignore[arg-type]  # none is named key or offset


def _citations(books: Iterable[Definitions], source: str) -> Iterator[tuple[str, Citation]]:
    for book in books:
        for (_, name), rule in book.rules.items():
            yield from ((name, cited) for cited in rule.citations if cited.source == source)
        for (_, name), parameter in book.parameters.items():
            for value in parameter.values:
                yield from ((name, cited) for cited in value.citations if cited.source == source)
