"""Write the reason for each ledger entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.errors import catalogue
from hongqiao_rules.language.nodes import Read, walk
from hongqiao_rules.rulebook.dating import Candidate
from hongqiao_rules.rulebook.definitions import iso


class Reasons:
    """Writes the reasons of entries on one day, in the language *lang*."""

    def __init__(self, edition: Edition, on: date, lang: str) -> None:
        self.edition, self.on, self.lang, self.words = edition, on, lang, catalogue(lang)
        compiled = edition.compiled(edition.day(on))
        self.slots, self.definitions = compiled.engine.slots, compiled.definitions
        self.root = self.definitions.root.name
        conclusions = compiled.dated.conclusions
        self.candidates = {one.rule.id: one for c in conclusions for one in c.candidates}
        self.settled = {(c.entity, c.name): c.candidates for c in conclusions}
        self.titles = {rule.concludes: rule.title for rule in compiled.dated.linked.rules.values()}
        for entity in self.definitions.entities.values():
            self.titles |= {fact.name: fact.title for fact in entity.facts.values()}

    def of(
        self, lines: Iterable[Mapping[str, Any]], households: Mapping[str, Any]
    ) -> Iterator[tuple[Mapping[str, Any], str]]:
        """Yield each of *lines* with its reason; *households* gives the stated values by id."""
        found: dict[str, Assessment] = {}
        for line in lines:
            id_ = line[self.root]
            if id_ not in found:
                found = {id_: self.edition.assess(households[id_], self.on)}  # lines are grouped by household
            yield line, self.reason(found[id_], line["rule"], line["member"])

    def reason(self, assessment: Assessment, rule: str, member: str | None) -> str:
        """The facts of the member or household behind an entry: titles with values."""
        run, members = assessment.basis.run, assessment.basis.checked.members
        of = None if member is None else list(members).index(member)
        parts = dict.fromkeys(self._parts([self.candidates[rule]], run.state, of))
        return self.words.join(parts, "list.semicolon") or self.candidates[rule].rule.title.say(self.lang)

    def _parts(self, candidates: Iterable[Candidate], state: Any, of: int | None) -> Iterator[str]:
        nodes = (n for c in candidates for part in c.trees for n in walk(part))
        for node in nodes:
            if not isinstance(node, Read) or (node.entity, node.name) not in self.slots:
                continue
            value = state[self.slots[node.entity, node.name]]
            if node.variable is not None:
                if node.variable != 0 or of is None:
                    continue  # about another entity
                value = value[of]
            behind = self.settled.get((node.entity, node.name))
            if value is True and behind is not None:
                yield from self._parts(behind, state, of)  # the facts behind it say more than its truth
                continue
            text = self.shown(node, value)
            if text is not None:
                title = self.titles[node.name]
                if node.type.kind == "code":
                    title = self.definitions.codes[node.type.of or ""].title
                yield self.words.say("labelled", name=title, value=text) if text else title.say(self.lang)

    def shown(self, node: Read, value: Any) -> str | None:
        """The words for a value: ``None`` if it is false, empty or absent, and an empty text for a truth."""
        if value is None or value is False or value in ("none", []):
            return None
        match node.type.kind:
            case "truth":
                return ""
            case "code":
                return self.definitions.codes[node.type.of or ""].values[value].say(self.lang)
            case "codes":
                titles = self.definitions.codes[node.type.of or ""].values
                return self.words.join(titles[code] for code in value)
            case "records":
                return self.words.join(self.record(node, record) for record in value)
            case "date":
                return iso(value)
        return str(value)

    def record(self, node: Read, record: Iterable[Any]) -> str:
        """The fields of a record as text, with the titles of codes."""
        fields = self.definitions.entities[node.entity].facts[node.name].fields.values()
        texts = [
            self.definitions.codes[f.type.of or ""].values[value].say(self.lang)
            if f.type.kind == "code"
            else f"{f.title.say(self.lang)} {value}"
            for f, value in zip(fields, record, strict=True)
        ]
        return " ".join(texts)
