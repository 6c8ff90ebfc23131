"""Find the parameters that a rule depends on, directly and through other rules."""

from __future__ import annotations

from collections.abc import Mapping

from hongqiao_rules.language.nodes import And, Compare, Constant, Node, Or, Reading, named
from hongqiao_rules.rulebook.dating import Candidate, Dated


def figures_behind(dated: Dated, candidate: Candidate) -> list[str]:
    """The names of the parameters that a rule depends on: its own, then those of the rules whose conclusions it reads.

    The search stops at figures and list entries, because an assessment shows them with their own parameters. A parameter
    of a figure with one rule is left out unless the rule itself names it.
    """
    figures = set(dated.linked.definitions.head.figures)
    hidden = {c.name: c for c in dated.conclusions if c.name not in figures and c.list is None}
    always = [c.candidates[0] for c in dated.conclusions if c.name in figures and len(c.candidates) == 1]
    shown = {name for figure in always for name in named("parameter", figure.typed.trees)}
    conditions = [n for _, when in candidate.typed.conditions for n in _undecided(when, dated.readings)]
    waiting = [*conditions, candidate.typed.value]
    found = dict.fromkeys(named("parameter", waiting))
    seen = set[str]()
    while waiting:
        for name in named("fact", [waiting.pop(0)]):
            if name in hidden and name not in seen:
                seen.add(name)
                for behind in hidden[name].candidates:
                    waiting += behind.typed.trees
                    found |= dict.fromkeys(
                        n for n in named("parameter", behind.typed.trees) if n not in shown
                    )
    return [name for name in found if name in dated.parameters]


def _undecided(node: Node, readings: Mapping[str, str]) -> list[Node]:
    """The parts of a condition that the choices of *readings* do not decide."""
    if not isinstance(node, And | Or):
        return [node]
    choices = [
        readings[part.left.name] == part.right.value
        if isinstance(part, Compare)
        and part.operator == "=="
        and isinstance(part.left, Reading)
        and isinstance(part.right, Constant)
        else None
        for part in node.parts
    ]
    if isinstance(node, Or) in choices:
        return []
    parts = zip(node.parts, choices, strict=True)
    return [n for part, choice in parts if choice is None for n in _undecided(part, readings)]
