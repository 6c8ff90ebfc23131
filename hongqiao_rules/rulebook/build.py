"""Build definitions from the validated trees of policy files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from hongqiao_rules.language.names import snake
from hongqiao_rules.language.nodes import Type
from hongqiao_rules.rulebook.bilingual import Bilingual, bilingual
from hongqiao_rules.rulebook.definitions import (
    FOREVER,
    Choice,
    Citation,
    CodeList,
    Example,
    Head,
    NoticeDefinition,
    Origin,
    Overlay,
    Parameter,
    ParameterValue,
    Property,
    PropertyException,
    ReadingDefinition,
    Result,
    Rounding,
    Rule,
    Source,
    Version,
    next_day,
    previous_day,
)

Refuse = Callable[..., None]
"""Receives a fault: its code, its origin, the arguments of its message."""

_MONEY = re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,2})?\Z")
_PERCENT = re.compile(r"([0-9]{1,9})(\.[0-9]{1,6})?%\Z")
_RATIO = re.compile(r"([0-9]{1,9})/([1-9][0-9]{0,8})\Z")
LARGEST_MONEY = 10**15
STEPS = {"fen": 1, "jiao": 10, "yuan": 100, "whole": 1}


def day(text: str | None, otherwise: int) -> int:
    """``YYYY-MM-DD`` as a yyyymmdd integer; *otherwise* for ``None``."""
    return int(text.replace("-", "")) if text is not None else otherwise


def money(value: object) -> int | None:
    """An integer of yuan or a decimal text as fen; ``None`` if *value* is neither or too large."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value * 100 if 0 <= value * 100 <= LARGEST_MONEY else None
    if isinstance(value, str) and (found := _MONEY.match(value)):
        fen = int(found[1]) * 100 + int((found[2] or ".0")[1:].ljust(2, "0"))
        return fen if fen <= LARGEST_MONEY else None
    return None


def share(value: object) -> Fraction | None:
    """``30%`` or ``3/10`` as an exact fraction; ``None`` for any other value."""
    if isinstance(value, str) and (found := _PERCENT.match(value)):
        return Fraction(found[1] + (found[2] or "")) / 100
    if isinstance(value, str) and (found := _RATIO.match(value)):
        return Fraction(int(found[1]), int(found[2]))
    return None


def bilingual_or_none(tree: Mapping[str, str] | None) -> Any:
    """The text in *tree*; ``None`` for ``None``."""
    return None if tree is None else bilingual(tree)


def _bilinguals(trees: list[Mapping[str, str]] | None) -> tuple[Bilingual, ...]:
    return tuple(bilingual(tree) for tree in trees or ())


def _texts(value: str | list[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _citations(trees: list[dict[str, Any]] | None, origin: Origin) -> tuple[Citation, ...]:
    return tuple(
        Citation(
            tree["source"], tree["place"], tree.get("words"), day(tree.get("from"), 0),
            day(tree.get("until"), FOREVER), origin / number,
        )
        for number, tree in enumerate(trees or ())
    )  # fmt: skip


def head(tree: dict[str, Any], origin: Origin) -> Head:
    """The head in the tree of the rulebook file."""
    totals = {name: item["total"] for name, item in tree["lists"].items() if "total" in item}
    return Head(
        tree["rulebook"], bilingual_or_none(tree["title"]), tree["version"], tree["root"], day(tree["modelled_from"], 0),
        bilingual_or_none(tree["not_modelled"]), day(tree["checked_to"], 0), bilingual_or_none(tree["checked_notice"]),
        tuple(tree["figures"]), {name: bilingual_or_none(item["title"]) for name, item in tree["lists"].items()},
        {name: item.get("entries", "money") for name, item in tree["lists"].items()},
        totals, tuple(tree.get("assessment") or dict.fromkeys((*tree["figures"], *tree["lists"]))), tuple(tree.get("for_display") or ()),
        _result(tree["result"], totals) if "result" in tree else None, origin,
    )  # fmt: skip


def _result(tree: dict[str, Any], totals: Mapping[str, str]) -> Result:
    pays = tree["pays"]
    return Result(
        tree["outcome"], pays, totals.get(pays, ""), tree.get("delay"), tuple(tree.get("decisive", ())),
        tuple(tree.get("compared", ())),
    )  # fmt: skip


def sources(tree: dict[str, Any], origin: Origin) -> list[Source]:
    """The documents in the tree of a file of sources."""
    return [
        Source(
            item["id"], bilingual({"zh": item["title"], "en": item["english"], **item.get("further", {})}), item["issuer"], item.get("number"),
            item.get("dated"), item["seen"], item["copy_quality"], bilingual_or_none(item.get("note")), origin / "sources" / number,
        )
        for number, item in enumerate(tree["sources"])
    ]  # fmt: skip


def code_list(tree: dict[str, Any], origin: Origin) -> CodeList:
    """The code list in the tree of a file of codes."""
    titles = {code: bilingual_or_none(title) for code, title in tree["values"].items()}
    return CodeList(tree["codes"], bilingual_or_none(tree["title"]), titles, origin)


_NEEDED = {"codes": ("code", "codes"), "fields": ("records",), "inverse": ("reference",)}


def check_keys(tree: dict[str, Any], kind: str, name: str, origin: Origin, refuse: Refuse) -> None:
    """Refuse a missing or superfluous key: each key of ``_NEEDED`` belongs to some types; ``unit`` is optional for numbers."""
    for key, kinds in _NEEDED.items():
        if (tree.get(key) is not None) != (kind in kinds):
            refuse("POLICY_FACT_SHAPE", origin / key, fact=name, type=kind, needed=key)
    if tree.get("unit") is not None and kind != "number":
        refuse("POLICY_FACT_SHAPE", origin / "unit", fact=name, type=kind, needed="unit")


def parameter(tree: dict[str, Any], origin: Origin, refuse: Refuse) -> Parameter:
    """The parameter in the tree of its file; periods that overlap or leave days uncovered are refused."""
    kind = tree["type"]
    check_keys(tree, kind, tree["parameter"], origin, refuse)
    values = []
    for number, item in enumerate(tree["values"]):
        here = origin / "values" / number
        value = value_of(kind, item["value"])
        if value is None:
            most = LARGEST_MONEY // 100
            refuse("POLICY_BAD_VALUE", here / "value", type=kind, value=str(item["value"])[:60], most=most)
            value = frozenset() if kind == "codes" else Fraction(0) if kind == "share" else 0
        start, end = day(item["from"], 0), day(item.get("until"), FOREVER)
        if end < start:
            refuse("POLICY_ENDS_BEFORE_START", here / "until", start=item["from"])
            end = FOREVER
        values.append(
            ParameterValue(
                start, end, value, item.get("basis", "attested"), item["confidence"], item.get("start_basis"),
                bilingual_or_none(item.get("note")), _citations(item["cites"], here / "cites"), here,
            )
        )  # fmt: skip
    settled = _periods(tree["parameter"], sorted(values, key=lambda v: v.start), refuse)
    of = tree.get("codes") if kind == "codes" else tree.get("unit") if kind == "number" else None
    return Parameter(
        tree["parameter"], snake(tree["parameter"]), bilingual_or_none(tree["title"]), Type(kind, of),
        _bilinguals(tree.get("limitations")), tuple(settled), origin,
    )  # fmt: skip


def _periods(name: str, values: list[ParameterValue], refuse: Refuse) -> list[ParameterValue]:
    settled = []
    for value, following in zip(values, [*values[1:], None], strict=True):
        end = value.end
        if following is not None:
            if end == FOREVER and following.start > value.start:
                end = previous_day(following.start)
            elif end >= following.start:
                refuse(
                    "POLICY_OVERLAP", following.origin / "from", what=name, start=value.start, end=value.end
                )
            elif end < FOREVER and next_day(end) < following.start:
                first, last = next_day(end), previous_day(following.start)
                refuse("POLICY_GAP", following.origin / "from", what=name, start=first, end=last)
        settled.append(value._replace(end=end))
    return settled


def value_of(kind: str, value: object) -> object:
    """The value of a parameter of type *kind*, or ``None`` if *value* is not one."""
    match kind:
        case "money":
            return money(value)
        case "share":
            return share(value)
        case "number":
            return value if type(value) is int and abs(value) < 10**12 else None
    codes = value if isinstance(value, list) and all(isinstance(item, str) for item in value) else None
    return frozenset(codes) if codes and len(set(codes)) == len(codes) else None


def _version(
    tree: dict[str, Any], rule: dict[str, Any], origin: Origin, head: Head, refuse: Refuse
) -> Version:
    def said(key: str) -> Any:
        return tree[key] if key in tree else rule.get(key)

    def place(key: str) -> Origin:
        return origin / key if key in tree else Origin(origin.file) / key

    when = _texts(said("when"))
    several = not isinstance(said("when"), str)
    origins = tuple(place("when") / n if several else place("when") for n in range(len(when)))
    value, listed = said("value"), rule.get("list")
    truth = listed is not None and head.entries.get(listed) == "truth"
    if truth and value is not None:
        refuse("POLICY_ENTRY_WITH_VALUE", place("value"), rule=rule["rule"])
    elif value is None and (listed is None or head.entries.get(listed, "truth") != "truth"):
        refuse("POLICY_MISSING_KEY", origin, name="value")
    rounding = said("rounding")
    start, end = day(said("from"), head.modelled_from), day(said("until"), FOREVER)
    if end < start:
        refuse("POLICY_ENDS_BEFORE_START", place("until"), start=start)
    return Version(
        start, end, {name: _texts(chosen) for name, chosen in tree.get("under", {}).items()},
        said("about") or head.root, when, "True" if truth else value or "0",
        rounding and Rounding(STEPS[rounding["to"]] * rounding.get("multiple", 1), rounding["way"], bilingual_or_none(rounding["because"]), rounding["to"],
        rounding.get("multiple", 1)),
        origins, place("value"), place("about"), origin,
    )  # fmt: skip


def rule(tree: dict[str, Any], origin: Origin, overlay: str | None, head: Head, refuse: Refuse) -> Rule:
    """The rule in the tree of its file; without ``versions``, the file itself is the only version."""
    trees = tree.get("versions")
    versions = tuple(
        _version(item, tree, origin / "versions" / number if trees else origin, head, refuse)
        for number, item in enumerate(trees or [{}])
    )
    readings = {}
    for name, item in (tree.get("readings") or {}).items():
        choices = {
            choice: Choice(bilingual_or_none(said["title"]), bilingual_or_none(said["argument"]))
            for choice, said in item["choices"].items()
        }
        readings[name] = ReadingDefinition(
            name, bilingual_or_none(item["title"]), item.get("order", 0), choices, tree["rule"], origin / "readings" / name
        )  # fmt: skip
    examples = tuple(
        Example(
            bilingual_or_none(item["title"]), day(item["on"], 0), item.get("readings") or {},
            tuple(item.get("overlays") or ()), item["given"], item["expect"], origin / "examples" / number,
        )
        for number, item in enumerate(tree.get("examples") or ())
    )  # fmt: skip
    if (tree.get("list") is None) != (tree.get("order") is None):
        refuse("POLICY_LIST_NEEDS_ORDER", origin / ("order" if tree.get("list") is None else "list"))
    return Rule(
        tree["rule"], bilingual_or_none(tree["title"]), snake(tree.get("concludes") or tree["rule"]), tree.get("list"),
        tree.get("order") or 0, tuple(tree.get("overrides") or ()), versions, tree["basis"], tree["confidence"],
        _citations(tree.get("cites"), origin / "cites"), _bilinguals(tree.get("limitations")), readings, examples,
        overlay, day(tree["due"], 0) if "due" in tree else None, tree.get("threshold_of"), origin,
    )  # fmt: skip


def _period(tree: dict[str, Any], origin: Origin, otherwise: int, refuse: Refuse) -> tuple[int, int]:
    start, end = day(tree.get("from"), otherwise), day(tree.get("until"), FOREVER)
    if end < start:
        refuse("POLICY_ENDS_BEFORE_START", origin / "until", start=start)
    return start, end


def notice(
    tree: dict[str, Any], origin: Origin, overlay: str | None, modelled_from: int, refuse: Refuse
) -> NoticeDefinition:
    """The notice in the tree of its file."""
    start, end = _period(tree, origin, modelled_from, refuse)
    return NoticeDefinition(
        tree["notice"], bilingual_or_none(tree["message"]), start, end, tree.get("unless_overlay"), tree.get("when"), tree.get("rule"), overlay, origin,
    )  # fmt: skip


def overlay(tree: dict[str, Any], origin: Origin, refuse: Refuse) -> Overlay:
    """The overlay in the tree of its file."""
    start, end = _period(tree, origin, 0, refuse)
    return Overlay(
        tree["overlay"], bilingual_or_none(tree["title"]), start, end,
        tree["complete"], _citations(tree["cites"], origin / "cites"), _bilinguals(tree.get("limitations")), origin,
    )  # fmt: skip


FORMS = (
    "always", "exactly_one", "never_negative", "never_rises", "never_falls", "steps", "independent", "reachable",
)  # fmt: skip
"""The forms of a claim; each property has exactly one."""
_NEEDS = {"when": ("never_rises", "never_falls", "steps"), "of": ("independent",)}
_MAY = {
    "within": ("never_rises", "never_falls"),
    "except": ("always", "exactly_one", "never_negative", "never_rises", "never_falls"),
}


def property_(tree: dict[str, Any], origin: Origin, overlay: str | None, refuse: Refuse) -> Property:
    """The property in the tree of its file.

    Combinations of keys are checked here; :mod:`hongqiao_rules.rulebook.properties` checks names and expressions.
    """
    stated = [form for form in FORMS if form in tree]
    form = stated[0] if stated else "always"
    if len(stated) != 1:
        place = origin / (stated[1] if stated else "property")
        refuse("PROPERTY_ONE_FORM", place, name=tree["property"], known=tuple(FORMS))
    for key, forms in (*_NEEDS.items(), *_MAY.items()):
        if key in tree and form not in forms:
            refuse("PROPERTY_KEY", origin / key, name=key, form=form, known=tuple(forms))
        elif key in _NEEDS and form in forms and key not in tree:
            refuse("POLICY_MISSING_KEY", origin, name=key)
    pair = form in _NEEDS["when"]
    exceptions = []
    for number, item in enumerate(tree.get("except") or ()):
        here = origin / "except" / number
        for key in ("before", "after") if pair else ("where",):
            if key not in item:
                refuse("POLICY_MISSING_KEY", here, name=key)
        for key in ("where",) if pair else ("before", "after"):
            if key in item:
                known = "before, after" if pair else "where"
                refuse("PROPERTY_KEY", here / key, name=key, form=form, known=known)
        exceptions.append(
            PropertyException(
                bilingual_or_none(item["title"]),
                item.get("where"),
                item.get("before"),
                item.get("after"),
                here,
            )
        )
    if not tree.get("cites") and tree["basis"] != "convention":
        refuse("POLICY_NO_CITATION", origin / "property", rule=tree["property"])
    return Property(
        tree["property"], bilingual_or_none(tree["title"]), form, _texts(tree.get(form)), (tree.get("when") or {}).get("rises"),
        _texts(tree.get("within")), _texts(tree.get("of")), tuple(exceptions), tree["basis"],
        _citations(tree.get("cites"), origin / "cites"), _bilinguals(tree.get("limitations")), overlay, origin,
    )  # fmt: skip
