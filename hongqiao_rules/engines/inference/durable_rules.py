"""Wrap durable-rules: the only module that imports it, with guards against its known faults.

Only the matcher of its C core is used: facts are asserted and retracted one by one, and the rules that match are collected.
No Python code runs inside it, so it loses no exception. It uses no threads or timers and persists no state. Rules have one
restricted form (:class:`Rule`), for which the matcher is correct:

* a pattern tests its kind first, then constants, then an inequality with an earlier pattern, then that both are ``of`` the
  same entity, then membership in a set of constants;
* every fact has the same three fields: its kind, the entity that it is ``of``, and its value (an integer, bool or text);
* there is no negation, arithmetic, alternative, count or event.

The limits of the library are checked before use, and its memory is released.
"""

from __future__ import annotations

import json
import weakref
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from typing import Any, NamedTuple

import durable_rules_engine as core

from hongqiao_rules.errors import RequestError
from hongqiao_rules.text.catalogue import Phrase

_read = json.JSONDecoder().raw_decode
Value = int | bool | str
LARGEST = 2**62
MOST_PATTERNS = 16  # in a rule
MOST_READERS = 60  # patterns for one kind of fact; the library allows a fact to match 64
MOST_KINDS = 500  # tests of one field
MOST_RULES = 4000
MOST_TESTS = 28  # in a pattern
MOST_LIVE = 128  # memories of a ruleset; the library allows 1,024, and a memory takes about a megabyte


@dataclass(slots=True)
class Pattern:
    """A fact that a rule needs.

    Attributes:
        kind: the kind of the fact.
        tests: comparisons of its value with constants: an operator of the library, and the constant.
        versus: comparisons of its value with that of an earlier pattern: an operator, and the index of the pattern.
        among: the permitted values; empty for any value.
        joined: the index of the earlier pattern that must be of the same entity.
    """

    kind: str
    tests: list[tuple[str, Value]] = field(default_factory=list)
    versus: list[tuple[str, int]] = field(default_factory=list)
    among: frozenset[str] = frozenset()
    joined: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: it matches if a fact matches each of its patterns."""

    name: str
    patterns: Sequence[Pattern]


class Fired(NamedTuple):
    """The name of a rule that matched, and the entity of the fact that matched its first pattern."""

    rule: str
    of: int


def _element(pattern: Pattern) -> Mapping[str, Any]:
    parts: list[Mapping[str, Any]] = [{"kind": pattern.kind}]
    parts += [{"v": value} if sign == "==" else {sign: {"v": value}} for sign, value in pattern.tests]
    parts += [{sign: {"v": {f"p{earlier}": "v"}}} for sign, earlier in pattern.versus]
    if pattern.joined is not None:
        parts.append({"of": {f"p{pattern.joined}": "of"}})
    if pattern.among:
        parts.append({"$or": [{"v": value} for value in sorted(pattern.among)]})
    return parts[0] if len(parts) == 1 else {"$and": parts}


def _check(rules: Sequence[Rule]) -> None:
    """Raise RequestError (INFERENCE_LIMIT) if *rules* exceed a limit of the library."""
    readers: dict[str, int] = {}
    for rule in rules:
        if not 1 <= len(rule.patterns) <= MOST_PATTERNS:
            _refuse("inference.patterns", len(rule.patterns), MOST_PATTERNS)
        for position, pattern in enumerate(rule.patterns):
            readers[pattern.kind] = readers.get(pattern.kind, 0) + 1
            if (tests := len(pattern.tests) + len(pattern.among)) > MOST_TESTS:
                _refuse("inference.tests", tests, MOST_TESTS)
            # An inequality without an equality after it reads past the end of the library's memory.
            assert not pattern.versus or pattern.joined is not None
            assert all(earlier < position for _, earlier in pattern.versus)
    busiest = max(readers.values(), default=0)
    if busiest > MOST_READERS:
        _refuse("inference.rules_on_a_fact", busiest, MOST_READERS)
    if len(readers) > MOST_KINDS:
        _refuse("inference.kinds", len(readers), MOST_KINDS)
    if len(rules) > MOST_RULES:
        _refuse("inference.rules", len(rules), MOST_RULES)


def _refuse(what: str, found: int, limit: int) -> None:
    raise RequestError("INFERENCE_LIMIT", what=Phrase(what), found=found, limit=limit)


class Ruleset:
    """A ruleset of the library, and its open memories.

    Raises:
        RequestError: INFERENCE_LIMIT; the rules exceed a limit of the library.
    """

    _numbers = count()

    def __init__(self, rules: Sequence[Rule]) -> None:
        _check(rules)
        opener = Rule("_open", [Pattern("_open")])
        definition = {
            rule.name: {"all": [{f"p{n}": _element(p)} for n, p in enumerate(rule.patterns)]}
            for rule in (*rules, opener)
        }
        self.handle: int = core.create_ruleset(f"rules-{next(self._numbers)}", json.dumps(definition))
        self.names = Names()
        self._lock = Lock()
        self._free = [f"m{number}" for number in reversed(range(MOST_LIVE))]
        self._live: OrderedDict[str, weakref.ref[Memory]] = OrderedDict()
        self._abandoned: deque[str] = deque()
        self._states: set[str] = set()
        weakref.finalize(self, _dispose, self.handle, self._states).atexit = False

    def open(self) -> Memory:
        """A new memory. If all are taken, the oldest one is revoked (``lost``), and its owner has to open another."""
        with self._lock:
            while self._abandoned:
                self._release(self._abandoned.popleft())
            if not self._free:
                self._evict()
            memory = Memory(self, self._free.pop())
            self._states.add(memory.sid)
            abandoned, sid = self._abandoned, memory.sid
            self._live[sid] = weakref.ref(memory, lambda _: abandoned.append(sid))
            return memory

    def close(self, memory: Memory) -> None:
        """Release a memory."""
        with self._lock:
            if not memory.lost:
                memory.lost = True
                self._release(memory.sid)

    def _release(self, sid: str) -> None:
        # A callback of the garbage collector may not call the library: dropped memories are released by the next open().
        if self._live.pop(sid, None) is not None:
            self._states.discard(sid)
            core.delete_state(self.handle, sid)
            self._free.append(sid)

    def _evict(self) -> None:
        for sid, reference in list(self._live.items()):
            memory = reference()
            if memory is None:
                self._release(sid)
                return
            if memory.lock.acquire(blocking=False):
                try:
                    memory.lost = True
                    self._release(sid)
                    return
                finally:
                    memory.lock.release()
        raise RuntimeError(f"more than {MOST_LIVE} cases are in use at the same time")


class Memory:
    """The facts of one case in the library. Users must hold ``lock``; ``lost`` is True after it was released or revoked."""

    def __init__(self, ruleset: Ruleset, sid: str) -> None:
        self.ruleset, self.sid, self.lock, self.lost = ruleset, sid, Lock(), False
        self._handle = ruleset.handle
        # The library cannot safely delete a memory in which no rule ever matched, so one always matches first.
        self._offset: int = self._tell("_open", f'{{"sid":"{sid}","id":"_open","kind":"_open"}}')
        if self._fired() != [Fired("_open", 0)]:
            raise RuntimeError("durable-rules did not open a memory as it should")

    def tell(self, kind: str, of: int, value: Value) -> list[Fired]:
        """Assert a fact and return the rules that match."""
        if isinstance(value, str):
            written = json.dumps(value, ensure_ascii=False)
        elif isinstance(value, bool):
            written = "true" if value else "false"
        else:
            assert -LARGEST < value < LARGEST
            written = str(value)
        id_ = self.ruleset.names.of(kind, of)
        self._tell(kind, f'{{"sid":"{self.sid}","id":"{id_}","kind":"{kind}","of":{of},"v":{written}}}')
        return self._fired()

    def take_back(self, kind: str, of: int) -> None:
        """Retract a fact; no rule matches by it, because no rule depends on the absence of a fact."""
        core.retract_fact(self._handle, f'{{"sid":"{self.sid}","id":"{self.ruleset.names.of(kind, of)}"}}')

    def _tell(self, kind: str, text: str) -> int:
        outcome, offset = core.assert_fact(self._handle, text)
        if outcome not in (0, 1):  # 1: no pattern matches the fact
            raise RuntimeError(f"durable-rules holds a fact of kind {kind} already")
        return offset  # type: ignore[no-any-return]

    def _fired(self) -> list[Fired]:
        fired = []
        started = core.start_action_for_state(self._handle, self._offset)
        message = started[1] if started else None
        while message:
            ((name, frame),) = _read(message)[0].items()
            message = core.complete_and_start_action(self._handle, self._offset)
            fired.append(Fired(name, frame["p0"].get("of", 0)))
        return fired


class Names:
    """The ids of facts. The library compares ids by a 32-bit hash, so the ids have different hashes."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, int], str] = {}
        self._taken: dict[int, str] = {fnv("_open"): "_open"}

    def of(self, kind: str, of: int) -> str:
        """The id of the fact of kind *kind* about entity *of*."""
        name = self._names.get((kind, of))
        if name is None:
            name = f"{kind}.{of}"
            while self._taken.setdefault(fnv(name), name) != name:
                name += "+"
            self._names[kind, of] = name
        return name


def fnv(text: str) -> int:
    """The 32-bit FNV-1 hash of *text*, by which the library compares texts."""
    found = 0x811C9DC5
    for byte in text.encode():
        found = (found * 0x01000193 & 0xFFFFFFFF) ^ byte
    return found


def _dispose(handle: int, states: set[str]) -> None:
    for sid in states:
        core.delete_state(handle, sid)
    core.delete_ruleset(handle)
