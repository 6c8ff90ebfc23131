"""A toy jurisdiction of districts and communities, and random rules about them that use every operation."""

import json
from random import Random

from hypothesis import strategies as st

from hongqiao_rules.engines.direct.facts import Facts

COLOURS = ("red", "green", "blue", "white", "black")
_BOTH = {"zh": "字", "en": "word"}
_GRANTS = {
    "kind": {"title": _BOTH, "type": "code", "codes": "colour"},
    "amount": {"title": _BOTH, "type": "money", "least": 0, "most": 9999},
    "years": {"title": _BOTH, "type": "number", "unit": "years", "least": 0, "most": 40},
}


def _facts(*names: str) -> dict:
    kinds = {
        "id": {"type": "text", "required": True},
        "truth": {"type": "truth", "default": False, "when_absent": _BOTH},
        "money": {"type": "money", "least": -9999, "most": 9999, "required": True},
        "number": {"type": "number", "unit": "years", "least": -50, "most": 50, "required": True},
        "date": {"type": "date", "required": True},
        "code": {"type": "code", "codes": "colour", "when_absent": _BOTH},
        "codes": {"type": "codes", "codes": "colour", "most": 4, "default": [], "when_absent": _BOTH},
        "records": {"type": "records", "fields": _GRANTS, "most": 4, "default": [], "when_absent": _BOTH},
        "reference": {"type": "reference", "inverse": "branches", "when_absent": _BOTH},
    }
    return {name: {"title": _BOTH, **kinds[kind]} for name, _, kind in (n.partition(":") for n in names)}


VOCABULARY = {
    "rulebook": {
        "rulebook": "toy", "title": _BOTH, "version": "1", "root": "district", "modelled_from": "2000-01-01",
        "not_modelled": _BOTH, "checked_to": "2030-01-01", "checked_notice": _BOTH,
        "figures": ["colour", "summary"], "lists": {"amounts": {"title": _BOTH}},
    },
    "colours": {"codes": "colour", "title": _BOTH, "values": dict.fromkeys(COLOURS, _BOTH)},
    "district": {
        "entity": "district", "title": _BOTH,
        "contains": {"entity": "community", "named": "communities", "least": 0, "most": 8},
        "facts": _facts("id:id", "urban:truth", "budget:money", "score:number", "founded:date", "flag:code",
                        "flags:codes", "grants:records"),
    },
    "community": {
        "entity": "community", "title": _BOTH,
        "facts": _facts("id:id", "rural:truth", "funds:money", "level:number", "built:date", "paint:code",
                        "paints:codes", "repairs:records", "seat:reference"),
    },
    "share": {
        "parameter": "share", "title": _BOTH, "type": "share",
        "values": [{"from": "2000-01-01", "value": "3/10", "confidence": "high",
                    "cites": [{"source": "toy-law", "place": "1"}]}],
    },
    "sources": {"sources": [{"id": "toy-law", "title": "法", "english": "law", "issuer": "toy", "seen": "2000",
                             "copy_quality": "official"}]},
}  # fmt: skip


class Expressions:
    """Draws well-typed expressions about a district or a community."""

    def __init__(self, draw: st.DrawFn, about: str, known: dict[str, list[str]]) -> None:
        self.draw, self.about, self.known = draw, about, known
        self.loops: list[str] = []

    def pick(self, options: list[str]) -> str:
        return self.draw(st.sampled_from(options))

    def names(self, kind: str) -> list[str]:
        """What can be named of a kind: of the district, of oneself, of the entities at which loops stand."""
        of_district = {
            "truth": ["urban"], "money": ["budget"], "number": ["score"], "date": ["founded", "on"],
            "code": ["flag"], "codes": ["flags"],
        }[kind]  # fmt: skip
        of_community = {
            "truth": ["rural"], "money": ["funds"], "number": ["level"], "date": ["built"], "code": ["paint"],
            "codes": ["paints"],
        }[kind]  # fmt: skip
        found = of_district + self.known.get(f"district {kind}", [])
        mine = of_community + self.known.get(f"community {kind}", [])
        if self.about == "community":
            found = found + mine
        if kind != "codes":
            for loop in self.loops:
                if loop.startswith("c"):
                    found = found + [f"{loop}.{name}" for name in mine]
                elif loop.startswith("r"):
                    field = {"money": "amount", "number": "years", "code": "kind"}.get(kind)
                    found = found + ([f"{loop}.{field}"] if field else [])
                elif kind == "code":
                    found = [*found, loop]
        return found

    def loop(self, fold: str, kind: str, depth: int) -> str:
        domains = ["communities", "grants", "flags"]
        if self.about == "community":
            domains += ["branches", "repairs", "paints"]
        domain = self.pick(domains)
        letter = {"communities": "c", "branches": "c", "grants": "r", "repairs": "r"}.get(domain, "e")
        name = f"{letter}{len(self.loops)}"
        self.loops.append(name)
        where = f" if {self.of('truth', depth - 1)}" if self.draw(st.booleans()) else ""
        body = name if fold == "count" else self.of(kind, depth - 1)
        self.loops.pop()
        return f"{fold}({body} for {name} in {domain}{where})"

    def of(self, kind: str, depth: int) -> str:
        if depth <= 0 or self.draw(st.integers(0, 3)) == 0:
            return self.pick(self.names(kind))
        inner = depth - 1
        if kind != "date" and self.draw(st.integers(0, 5)) == 0:
            return f"({self.of(kind, inner)} if {self.of('truth', inner)} else {self.of(kind, inner)})"
        return getattr(self, kind)(inner)

    def truth(self, depth: int) -> str:
        match self.draw(st.integers(0, 7)):
            case 0:
                word = self.pick(["and", "or"])
                return f"({self.of('truth', depth)} {word} {self.of('truth', depth)})"
            case 1:
                return f"(not {self.of('truth', depth)})"
            case 2:
                kind = self.pick(["money", "number", "date"])
                sign = self.pick(["<", "<=", ">", ">=", "==", "!="])
                return f"({self.of(kind, depth)} {sign} {self.of(kind, depth)})"
            case 3:
                return f"(full_years({self.of('date', 0)}, {self.of('date', 0)}) {self.pick(['<', '<=', '>', '>=', '=='])} 1)"
            case 4:
                codes = self.draw(st.sets(st.sampled_from(COLOURS), min_size=1))
                listed = ", ".join(repr(code) for code in sorted(codes))
                return f"({self.of('code', depth)} {self.pick(['in', 'not in'])} ({listed},))"
            case 5:
                return f"({self.of('code', depth)} in {self.pick(self.names('codes'))})"
            case 6:
                return f"({self.of('code', depth)} {self.pick(['==', '!='])} {self.pick([*map(repr, COLOURS), self.of('code', depth)])})"
        return self.loop(self.pick(["any", "all"]), "truth", depth)

    def money(self, depth: int) -> str:
        match self.draw(st.integers(0, 4)):
            case 0:
                return f"({self.of('money', depth)} {self.pick(['+', '-'])} {self.of('money', depth)})"
            case 1:
                return f"({self.of('money', 0)} * {self.of('number', 0)})"
            case 2:
                return f"{self.pick(['min', 'max'])}({self.of('money', depth)}, {self.of('money', depth)})"
        return self.loop(self.pick(["sum", "largest"]), "money", depth)

    def number(self, depth: int) -> str:
        match self.draw(st.integers(0, 4)):
            case 0:
                return f"({self.of('number', depth)} {self.pick(['+', '-'])} {self.of('number', depth)})"
            case 1:
                return f"full_years({self.of('date', 0)}, {self.of('date', 0)})"
            case 2:
                return f"{self.pick(['min', 'max'])}({self.of('number', depth)}, {self.of('number', depth)})"
        return self.loop(self.pick(["sum", "largest"]), "number", depth)

    def date(self, _depth: int) -> str:
        return self.pick(self.names("date"))

    def code(self, _depth: int) -> str:
        return self.pick(self.names("code"))


@st.composite
def rulebooks(draw: st.DrawFn) -> dict[str, dict]:
    """The files of a toy rulebook with random rules, by name."""
    files, known = dict(VOCABULARY), {}
    shared = {"title": _BOTH, "basis": "convention", "confidence": "high"}

    def rule(name: str, about: str, kind: str, **more: object) -> None:
        text = Expressions(draw, about, known).of(kind, 3) if "value" not in more else more.pop("value")
        when = Expressions(draw, about, known).of("truth", 2)
        files[name] = {"rule": name, "about": about, "value": text, **shared, **more}
        if "list" in more or "concludes" in more:
            files[name]["when"] = when

    for about in ("community", "district", "community"):
        number = len(files)
        for kind in ("truth", "number", "money"):
            name = f"{about}-{kind}-{number}"
            rule(name, about, kind)
            known.setdefault(f"{about} {kind}", []).append(name.replace("-", "_"))
        rule(f"amount-{about}-{number}", about, "money", list="amounts", order=number)
    ways = st.sampled_from(["half-up", "down", "up"])
    rounding = {"to": draw(st.sampled_from(["fen", "yuan"])), "way": draw(ways), "because": _BOTH}
    spread = f"{Expressions(draw, 'community', known).of('money', 2)} * share / max(1, {Expressions(draw, 'community', known).of('number', 1)})"
    rule("spread", "community", "money", value=spread, rounding=rounding)
    for number, colour in enumerate(("red", "blue")):
        overrides = [*["colour-red", "colour-blue"][number + 1 :], "colour-plain"]
        rule(
            f"colour-{colour}",
            "district",
            "code",
            concludes="colour",
            overrides=overrides,
            value=repr(colour),
        )
    files["colour-plain"] = {
        "rule": "colour-plain", "concludes": "colour", "about": "district", "value": "'white'", **shared,
    }  # fmt: skip
    terms = [f"sum(c.{name} for c in communities)" for name in [*known["community money"], "spread"]]
    terms += [f"sum(c.{name} * c.funds for c in communities)" for name in known["community number"]]
    terms += [f"sum(c.funds for c in communities if c.{name})" for name in known["community truth"]]
    terms += [*known["district money"], *(f"budget * {name}" for name in known["district number"])]
    terms += [f"(budget if {name} else 0)" for name in known["district truth"]]
    files["summary"] = {"rule": "summary", "value": f"total(amounts) + {' + '.join(terms)}", **shared}
    files["notice"] = {
        "notice": "SOMETHING", "message": _BOTH, "when": Expressions(draw, "district", known).of("truth", 2),
    }  # fmt: skip
    return files


def write(files: dict[str, dict], folder) -> None:
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def district(random: Random) -> Facts:
    """The facts of a random district with none to a few communities."""
    count = random.choice([0, 1, 1, 2, 3, 8])

    def money() -> int:
        return random.choice([0, -1, 1, -999_999, 999_999, random.randint(-999_999, 999_999)])

    def day() -> int:
        return random.randint(1960, 2040) * 10000 + random.choice([101, 229, 228, 301, 1231, 615])

    def codes() -> list[str]:
        return [random.choice(COLOURS) for _ in range(random.choice([0, 0, 1, 3]))]

    def records() -> list[list]:
        several = range(random.choice([0, 0, 1, 4]))
        return [[random.choice(COLOURS), abs(money()), random.randint(0, 40)] for _ in several]

    colours = (*COLOURS, None)
    children: list[list[int]] = [[] for _ in range(count)]
    for number in range(count):
        if random.random() < 0.6:
            children[random.randrange(count)].append(number)
    return Facts(
        {"urban": random.random() < 0.5, "budget": money(), "score": random.randint(-50, 50), "founded": day(),
         "flag": random.choice(colours), "flags": codes(), "grants": records()},
        count,
        {"rural": [random.random() < 0.5 for _ in range(count)], "funds": [money() for _ in range(count)],
         "level": [random.randint(-50, 50) for _ in range(count)], "built": [day() for _ in range(count)],
         "paint": [random.choice(colours) for _ in range(count)], "paints": [codes() for _ in range(count)],
         "repairs": [records() for _ in range(count)]},
        {"seat": children},
    )  # fmt: skip
