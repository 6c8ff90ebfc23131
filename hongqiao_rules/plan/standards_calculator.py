"""Judge a district by the standards of the plan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from hongqiao_rules.decision.lines import Notice
from hongqiao_rules.engines.direct.direct_engine import DirectEngine, Run, decode
from hongqiao_rules.errors import RequestError
from hongqiao_rules.language.nodes import named
from hongqiao_rules.plan.bundled_standards import bundled_standards
from hongqiao_rules.plan.district_reader import Border
from hongqiao_rules.plan.judgement import Answer, Judgement, State, Target
from hongqiao_rules.plan.needed_facts import EVERY, ROOT, Need, Needs
from hongqiao_rules.rulebook.dating import Dated, DatedConclusion
from hongqiao_rules.rulebook.definitions import calendar, ordinal
from hongqiao_rules.rulebook.value_text import parameter_value

LIST = "standards"
"""The list of the rulebook whose entries are shortfalls."""


class Standards:
    """Judges districts by the bundled standards. Immutable, safe in threads."""

    def __init__(self) -> None:
        self.rulebook = bundled_standards()
        self._border = Border(self.rulebook.definitions)
        self._compiled = lru_cache(maxsize=8)(_Compiled)

    def judge(self, district: Mapping[str, Any], on: date) -> Judgement:
        """Return the judgement of *district* on the day *on*.

        Raises:
            DistrictError: The district is invalid; ``faults`` has all faults.
            RequestError: The date is invalid, or not modelled.
        """
        day = self._day(on)
        return self._judge(self._border.read(district), on, day)

    def judge_json(self, text: str | bytes, on: date) -> Judgement:
        """Return the judgement of the district of a JSON text. Raises as :meth:`judge`."""
        day = self._day(on)
        return self._judge(self._border.read_json(text), on, day)

    def _day(self, on: date) -> int:
        if not isinstance(on, date) or isinstance(on, datetime):
            raise RequestError("BAD_ASSESSMENT_DATE", value=repr(on)[:60])
        day = ordinal(on)
        self.rulebook.check_day(day, ())
        return day

    def _judge(self, district: BaseModel, on: date, day: int) -> Judgement:
        compiled = self._compiled(self.rulebook.dated(day, {}, ()))
        run = compiled.engine.run(self._border.facts(district), day)
        stated = _Stated(district, self._border.named)
        head, written = self.rulebook.definitions.head, district.model_dump_json(exclude_unset=True)
        seed = json.dumps([self.rulebook.digest, day, written], ensure_ascii=False)
        rules = [c.candidates[0].rule for c in compiled.standards]
        return Judgement(
            district=district.id,  # type: ignore[attr-defined]  # every district has one
            on=on,
            answers=tuple(a for c in compiled.standards for a in compiled.answers(c, run, stated)),
            figures={name: compiled.figure(name, run, stated) for name in head.figures},
            targets={rule.id: compiled.targets(c) for rule, c in zip(rules, compiled.standards, strict=True)},
            due={rule.id: calendar(rule.due) if rule.due else None for rule in rules},
            notices=tuple(compiled.notices(run, stated)),
            policy_version=head.version,
            receipt="sha256:" + hashlib.sha256(seed.encode()).hexdigest(),
            communities=tuple(one.id for one in stated.inside),
            rules={c.candidates[0].rule.id: c.candidates[0].rule for c in compiled.standards},
        )


class _Stated:
    """The facts of a district that were stated."""

    def __init__(self, district: BaseModel, named: str) -> None:
        self.named, self._root = named, district
        self.inside: list[Any] = list(getattr(district, named))

    def missing(self, needs: Iterable[Need], own: int | None) -> Iterator[str]:
        """Yield JSON pointers to the facts in *needs* that are absent; *own* is the entity being judged."""
        for need in sorted(needs, key=lambda n: (n.of, n.fact or "")):
            if need.of == ROOT:
                if getattr(self._root, need.fact or "") is None:
                    yield f"/{need.fact}"
            elif need.fact is None:
                if not self.inside:
                    yield f"/{self.named}"
            else:
                numbers = range(len(self.inside)) if need.of == EVERY or own is None else (own,)
                for number in numbers:
                    if getattr(self.inside[number], need.fact) is None:
                        yield f"/{self.named}/{number}/{need.fact}"


class _Compiled:
    """The standards in a period, with their engine."""

    def __init__(self, dated: Dated) -> None:
        self.dated, self.engine, self.needs = dated, DirectEngine(dated), Needs(dated)
        self.numbered = {c.name: (n, c) for n, c in enumerate(dated.conclusions)}
        listed = [c for c in dated.conclusions if c.list == LIST]
        self.standards = sorted(listed, key=lambda c: (c.candidates[0].rule.order, c.candidates[0].rule.id))

    def answers(self, conclusion: DatedConclusion, run: Run, stated: _Stated) -> Iterator[Answer]:
        """Yield the answers of one standard: one, or one for each contained entity. Without any entity the answer is not known."""
        if conclusion.entity == self.dated.root:
            yield self._answer(conclusion, run, stated, None)
            return
        for number in range(len(stated.inside)):
            yield self._answer(conclusion, run, stated, number)
        if not stated.inside:
            yield Answer(
                conclusion.candidates[0].rule.id, None, "not_known", None, None, (f"/{stated.named}",)
            )

    def _answer(self, conclusion: DatedConclusion, run: Run, stated: _Stated, of: int | None) -> Answer:
        rule, community = conclusion.candidates[0].rule.id, None if of is None else stated.inside[of].id
        number = self.numbered[conclusion.name][0]
        slot = self.engine.slots[conclusion.entity, conclusion.name]
        value, failed = run.state[slot], run.failed[number]
        if of is not None:
            value, failed = value[of], failed and failed[of]
        missing = tuple(stated.missing(self.needs.conditions[conclusion.name], of))
        if not missing and decode(conclusion, failed)[-1][1] >= 0:
            return Answer(rule, community, "not_applicable", None, None, ())
        missing = missing or tuple(
            stated.missing(self.needs.conclusion(conclusion.entity, conclusion.name), of)
        )
        if missing:
            return Answer(rule, community, "not_known", None, None, missing)
        state: State = "short" if value > 0 else "met"
        return Answer(rule, community, state, value or None, conclusion.type.of, ())

    def figure(self, name: str, run: Run, stated: _Stated) -> int | None:
        """Return a figure of the rulebook, or None if it depends on an absent fact."""
        if any(stated.missing(self.needs.conclusion(self.dated.root, name), None)):
            return None
        value: int = self.engine.value(run, name)
        return value

    def targets(self, conclusion: DatedConclusion) -> tuple[Target, ...]:
        """Return the parameters that a standard reads, with their values."""
        typed = conclusion.candidates[0].typed
        names = dict.fromkeys(named("parameter", (typed.value, *(n for _, n in typed.conditions))))
        parameters = self.dated.linked.parameters
        return tuple(
            Target(
                parameters[n].id, parameter_value(parameters[n], self.dated.parameters[n].value).strip('"')
            )
            for n in names
        )

    def notices(self, run: Run, stated: _Stated) -> Iterator[Notice]:
        """Yield the notices that hold and depend on no absent fact."""
        for (notice, when), held in zip(self.dated.notices, run.noticed, strict=True):
            needs = self.needs.of([] if when is None else [when])
            if held and not any(stated.missing(needs, None)):
                yield Notice.of(notice)
