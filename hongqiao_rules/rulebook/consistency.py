"""Check rules against each other: names, precedence, gaps and overlaps of periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise, product

from hongqiao_rules.errors import nearest
from hongqiao_rules.language.nodes import Type
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.build import Refuse
from hongqiao_rules.rulebook.definitions import (
    FOREVER,
    Origin,
    Parameter,
    Rule,
    Version,
    next_day,
)


class Coherence:
    """Checks the rules that are in force under some overlays. ``groups`` maps each name to the rules that conclude it."""

    def __init__(
        self, definitions: Definitions, rules: Mapping[str, Rule], parameters: Mapping[str, Parameter],
        groups: Mapping[str, list[Rule]], refuse: Refuse,
    ) -> None:  # fmt: skip
        self.definitions, self.rules, self.parameters = definitions, rules, parameters
        self.groups, self.refuse = groups, refuse
        self.root, self.readings = definitions.head.root, definitions.readings

    def _check_orders(self) -> None:
        """Refuse two conclusions of a list with the same order."""
        first: dict[tuple[str, int], Rule] = {}
        for rule in sorted(self.rules.values(), key=lambda rule: rule.origin.file):
            if rule.list is not None:
                other = first.setdefault((rule.list, rule.order), rule)
                if other.concludes != rule.concludes:
                    self.refuse(
                        "POLICY_ORDER_TWICE", rule.origin / "order", rule=rule.id, other=other.id, order=rule.order, list=rule.list
                    )  # fmt: skip

    def check_names(self) -> None:
        self._check_orders()
        entities = self.definitions.entities
        for parameter in self.parameters.values():
            if any(parameter.name in entity.facts for entity in entities.values()):
                self.refuse("POLICY_NAME_TAKEN", parameter.origin / "parameter", name=parameter.name)
        for name, group in self.groups.items():
            if name in self.parameters or any(name in entity.facts for entity in entities.values()):
                self.refuse("POLICY_NAME_TAKEN", group[0].origin / "rule", name=name)
            for rule in group:
                if (rule.list, rule.threshold_of) != (group[0].list, group[0].threshold_of):
                    self.refuse(
                        "POLICY_AMBIGUOUS", rule.origin / "rule", one=group[0].id, other=rule.id, what=name
                    )
                if rule.list is not None and rule.list not in self.definitions.head.lists:
                    self.refuse(
                        "POLICY_UNKNOWN_LIST", rule.origin / "list", name=rule.list,
                        meant=nearest(rule.list, self.definitions.head.lists),
                    )  # fmt: skip
                self._check_abouts(rule, group)
                self._check_overrides(rule, group)
                self._check_versions(rule)

    def _check_abouts(self, rule: Rule, group: list[Rule]) -> None:
        """Refuse versions about different entities, except for an amount of a list, which no rule reads by name."""
        first = group[0].versions[0].about
        for version in rule.versions:
            if version.about != first and (rule.list is None or rule is not group[0]):
                self.refuse(
                    "POLICY_ABOUTS_DIFFER", version.about_origin, name=rule.concludes, one=first, other=version.about
                )  # fmt: skip

    def _check_overrides(self, rule: Rule, group: list[Rule]) -> None:
        for number, other in enumerate(rule.overrides):
            if other not in {r.id for r in group} - {rule.id}:
                self.refuse(
                    "POLICY_UNKNOWN_RULE", rule.origin / "overrides" / number, name=other,
                    meant=nearest(other, self.rules),
                )  # fmt: skip

    def _check_versions(self, rule: Rule) -> None:
        """Refuse two versions in force at once and, unless the rule gives an amount of a list, a day without a version."""
        used = sorted({name for version in rule.versions for name in version.under})
        for version in rule.versions:
            for name, chosen in version.under.items():
                choices = self.readings[name].choices if name in self.readings else {}
                for choice in (
                    [name] if name not in self.readings else [c for c in chosen if c not in choices]
                ):
                    self.refuse(
                        "POLICY_UNKNOWN_READING", version.origin / "under" / name, name=choice,
                        meant=nearest(choice, self.readings if name not in self.readings else choices),
                    )  # fmt: skip
                    return
        first = self.definitions.head.modelled_from
        if rule.overlay is not None:
            first = max(first, self.definitions.overlays[rule.overlay].start)
        starts = {first}
        for version in rule.versions:
            starts |= {version.start, version.end + 1 if version.end == FOREVER else next_day(version.end)}
        for day in sorted(d for d in starts if first <= d < FOREVER):
            for combination in product(*(self.readings[name].choices for name in used)):
                taken = dict(zip(used, combination, strict=True))
                found = [v for v in rule.versions if in_force(v, day, taken)]
                if len(found) > 1:
                    one = found[1]
                    self.refuse("POLICY_OVERLAP", one.origin, what=rule.id, start=one.start, end=one.end)
                    return
                if not found and rule.list is None:
                    self.refuse("POLICY_GAP", rule.origin / "rule", what=rule.id, start=day, end=None)
                    return

    def precedence(self, name: str) -> tuple[Rule, ...]:
        """The rules that conclude *name* in order of precedence: the first rule whose conditions hold decides."""
        group = self.groups[name]
        if group[0].list is not None and len(group) > 1:
            one, other = sorted(group, key=lambda rule: rule.origin.file)[:2]
            self.refuse("POLICY_AMOUNT_TWICE", other.origin / "rule", one=one.id, other=other.id, what=name)
            return tuple(group)
        above = {rule.id: self._above(rule, group) for rule in group}
        for one in group:
            for other in group:
                if one.id < other.id and (one.id in above[other.id]) == (other.id in above[one.id]):
                    self.refuse(
                        "POLICY_AMBIGUOUS", other.origin / "rule", one=one.id, other=other.id, what=name
                    )
        ordered = tuple(sorted(group, key=lambda rule: (-len(above[rule.id]), rule.id)))
        last = ordered[-1]
        conditional = next((version for version in last.versions if version.when), None)
        if last.list is None and conditional is not None:
            self.refuse("POLICY_UNSETTLED", conditional.when_origins[0], rule=last.id, name=name)
        for rule, following in pairwise(ordered):
            if not any(version.when for version in rule.versions):
                self.refuse(
                    "POLICY_NEVER_REACHED", following.origin / "rule", rule=following.id, other=rule.id
                )
                break
        return ordered

    def _above(self, rule: Rule, group: list[Rule]) -> set[str]:
        """The ids of the rules over which *rule* takes precedence, directly or through others."""
        by_id = {r.id: r for r in group}
        found: set[str] = set()
        waiting = list(rule.overrides)
        while waiting:
            other = waiting.pop()
            if other in by_id and other not in found:
                found.add(other)
                waiting.extend(by_id[other].overrides)
        return found - {rule.id}

    def check_reached(
        self, notices: Iterable[str], needs: Mapping[str, Iterable[str]], overlays: tuple[str, ...]
    ) -> None:
        """Refuse rules on which no figure, list, threshold or notice depends."""
        head = self.definitions.head
        self._check_figures(needs)
        shown = {name for name, (rule, *_) in self.groups.items() if rule.list or rule.threshold_of}
        wanted = [name for name in self.groups if name in head.figures or name in shown]
        wanted += [f"notice {code}" for code in notices]
        reached: set[str] = set()
        while wanted:
            name = wanted.pop()
            if name not in reached:
                reached.add(name)
                wanted.extend(needs.get(name, ()))
        for name, group in self.groups.items():
            # Under an overlay, only the rules of the overlay have to be used.
            if name not in reached and not (overlays and group[0].overlay is None):
                self.refuse("POLICY_UNREACHABLE", group[0].origin / "rule", rule=group[0].id)

    def _check_figures(self, needs: Mapping[str, Iterable[str]]) -> None:
        """Refuse a figure or threshold that is unknown, not about the root or shown twice, and a rule that reads a
        figure of ``for_display``.
        """
        head = self.definitions.head
        for number, name in enumerate(head.figures):
            place = head.origin / "figures" / number
            if name not in self.groups:
                self.refuse("POLICY_UNKNOWN_FIGURE", place, name=name, meant=nearest(name, self.groups))
                continue
            self._check_of_root(name, place)
            if (rule := self.groups[name][0]).threshold_of is not None:
                self.refuse("POLICY_SHOWN_TWICE", place, name=name, first=rule.origin.file)
        for name, (rule, *_) in self.groups.items():
            if rule.threshold_of is not None:
                self._check_of_root(name, rule.origin / "threshold_of")
                if rule.list is not None:
                    self.refuse(
                        "POLICY_SHOWN_TWICE", rule.origin / "threshold_of", name=name, first=rule.list
                    )
                if rule.threshold_of not in head.figures:
                    self.refuse(
                        "POLICY_NO_SUCH_FIGURE", rule.origin / "threshold_of", name=rule.threshold_of,
                        meant=nearest(rule.threshold_of, head.figures),
                    )  # fmt: skip
        for reader, names in needs.items():
            for name in head.for_display:
                if name in names and reader in self.groups:
                    rule = self.groups[reader][0]
                    self.refuse("POLICY_FOR_DISPLAY", rule.origin / "rule", name=name, rule=rule.id)

    def check_result(self, types: Mapping[str, Type]) -> None:
        """Refuse a result whose outcome is not a code, whose total is not money, or whose delay is not a number."""
        head = self.definitions.head
        if head.result is None:
            return
        for key, name, wanted in (
            ("outcome", head.result.outcome, "code"),
            ("pays", head.result.total, "money"),
            ("delay", head.result.delay, "number"),
        ):
            if name is not None and name in types and types[name].kind != wanted:
                self.refuse(
                    "POLICY_RESULT_TYPE", head.origin / "result" / key, name=name, type=types[name], wanted=Type(wanted)
                )  # fmt: skip

    def _check_of_root(self, name: str, place: Origin) -> None:
        about = self.groups[name][0].versions[0].about
        if about != self.root:
            self.refuse("EXPRESSION_OF_WHOM", place, name=name, entity=about)


def in_force(version: Version, day: int, chosen: Mapping[str, str]) -> bool:
    """True if *version* is in force on *day* (yyyymmdd) under the choices of readings."""
    return version.start <= day <= version.end and all(chosen[name] in c for name, c in version.under.items())
