"""What became of every mutant, as values, as JSON and in words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from hongqiao_rules.mutations.mutant import OPERATORS, Mutant
from hongqiao_rules.mutations.witness import Witness
from hongqiao_rules.questions.answer import Answer

Status = Literal["noticed", "refused", "equivalent", "survived", "unknown"]
_STATUSES: Mapping[Status, tuple[str, str]] = {
    "noticed": ("被例子或案例发现", "noticed by an example or a case"),
    "refused": ("被规则检查拒绝", "refused when the files are read"),
    "equivalent": ("已证明对任何家庭都没有差别", "proved to make no difference to any household"),
    "survived": ("没有被发现，而有家庭结果不同", "not noticed, and a household would notice"),
    "unknown": ("没有被发现，也没有得到证明", "not noticed, and nothing proved"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutant.

    Attributes:
        id: the stable name of the mutant.
        operator: which kind of change it is, one of :data:`~hongqiao_rules.mutations.mutant.OPERATORS`.
        subject: the rule, parameter, notice, reading or overlay that was changed.
        file: its file.
        line: where in it, from 1.
        column: from 1.
        was: what stood there.
        now: what stands there now; empty where it was taken out.
        status: ``noticed``, ``refused`` (by the loader, which is as good), ``equivalent``, ``survived`` or ``unknown``.
        by: the place of the example or case that noticed, or the code with which the loader refused.
        witness: a household that would notice, of a survivor.

    """

    id: str
    operator: str
    subject: str
    file: str
    line: int
    column: int
    was: str
    now: str
    status: Status
    by: str | None
    witness: Witness | None

    @classmethod
    def of(cls, mutant: Mutant, status: Status, by: str | None, witness: Witness | None = None) -> Outcome:
        """The outcome of *mutant*."""
        m = mutant
        return cls(m.id, m.operator, m.subject, m.file, m.line, m.column, m.was, m.now, status, by, witness)


@dataclass(frozen=True, slots=True)
class Mutations(Answer):
    """What became of every mutant of a rulebook.

    Attributes:
        outcomes: one for each mutant, in the order of the files.
        trials: how many examples and cases there were to notice.
        members: ``equivalent`` holds of households of up to so many members.
        solver: whether Z3 was there; without it nothing is proved but of rulebooks that read the same.

    """

    outcomes: tuple[Outcome, ...]
    trials: int
    members: int
    solver: bool

    @property
    def survivors(self) -> tuple[Outcome, ...]:
        """The mutants that nothing noticed and that are not proved equivalent."""
        return tuple(outcome for outcome in self.outcomes if outcome.status in ("survived", "unknown"))

    @property
    def counts(self) -> Mapping[str, int]:
        """How many there are of each status."""
        found = Counter(outcome.status for outcome in self.outcomes)
        return {status: found[status] for status in _STATUSES}

    def statement(self, lang: str = "zh") -> str:
        """The answer as text, in ``"zh"`` or ``"en"``: the survivors with their households, then the counts."""
        return "\n".join(self._lines(0 if lang == "zh" else 1)) + "\n"

    def _lines(self, i: int) -> Iterator[str]:
        for outcome in self.survivors:
            yield from _survivor(outcome, i)
            yield ""
        text = ("{0}处改动，{1}个例子和案例：", "{0} changes, {1} examples and cases:")
        yield text[i].format(len(self.outcomes), self.trials)
        for status, said in _STATUSES.items():
            if self.counts[status] or status in ("noticed", "equivalent", "survived"):
                yield f"  {self.counts[status]:>5}  {said[i]}"
        if self.counts["equivalent"] and self.solver:
            text = (
                "“任何家庭”指{0}人以内的每一个家庭。",
                "“Any household” is every one of up to {0} members.",
            )
            yield text[i].format(self.members)
        if self.counts["unknown"]:
            text = (
                ("时间不够的，可用 --seconds 放宽。", "Where the time was not enough, --seconds gives more.")
                if self.solver
                else (
                    '没有安装Z3，因此没有证明；安装：pip install "hongqiao-rules[proofs]"',
                    'Z3 is not installed, so nothing was proved; pip install "hongqiao-rules[proofs]"',
                )
            )
            yield text[i]


def _survivor(outcome: Outcome, i: int) -> Iterator[str]:
    colon, nothing = ("：", "（没有）") if i == 0 else (": ", "(nothing)")
    yield f"{outcome.file}:{outcome.line}:{outcome.column}{colon}{OPERATORS[outcome.operator][i]}"
    yield f"    {outcome.was or nothing}"
    yield f"  → {outcome.now or nothing}"
    witness = outcome.witness
    if witness is None:
        yield "  " + _STATUSES["unknown"][i]
        return
    yield "  " + ("会发现它的家庭：", "A household that would notice:")[i]
    yield f"    {json.dumps(witness.household, ensure_ascii=False)}"
    on = ("评估日期", "assessed on")[i]
    chosen = "".join(f" --reading {name}={choice}" for name, choice in witness.readings.items())
    chosen += "".join(f" --overlay {name}" for name in witness.overlays)
    yield f"    {on} {witness.on.isoformat()}{chosen}"
    for name in dict.fromkeys([*witness.before, *witness.after]):
        values = [json.dumps(side.get(name), ensure_ascii=False) for side in (witness.before, witness.after)]
        yield f"    {name}{colon}{values[0]} → {values[1]}"
