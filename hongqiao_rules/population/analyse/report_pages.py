"""A summary or a comparison on one page, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.errors import catalogue
from hongqiao_rules.population.analyse.comparison import KINDS, Comparison
from hongqiao_rules.population.analyse.summary import Summary

_KEYS = (
    "above", "after", "amount", "assessed", "before", "below", "budget", "by_rule", "change", "changing", "comparison",
    "difference", "enters", "falls", "households", "is", "leaves", "line", "near", "only", "paid", "programme", "quantile",
    "rejected", "rises", "rule", "spread", "steps", "summary", "total", "unchanged", "undecided", "was",
)  # fmt: skip


class Page:
    """Writes reports in the language *lang* with the titles of *edition*, and of *other* in a comparison."""

    def __init__(self, edition: Edition, lang: str, other: Edition | None = None) -> None:
        self.edition, self.other, self.lang = edition, other, lang
        self.catalogue = catalogue(lang)
        self.pays = edition.fields.result.pays
        self.lists = {name: t.say(lang) for name, t in edition.rulebook.definitions.head.lists.items()}
        rules = {**(other.linked.rules if other is not None else {}), **edition.linked.rules}
        self.rules = {id_: rule.title.say(lang) for id_, rule in rules.items()}
        self.outcomes = {code: title.say(lang) for code, title in edition.outcomes.items()}

    def word(self, key: str, **arguments: object) -> str:
        """A word of the page."""
        return self.catalogue.say(f"page.{key}", **arguments)

    def words(self) -> Iterator[str]:
        """Yield every word and title that a page or a plot may contain."""
        yield from (self.catalogue.pattern(f"page.{key}") for key in _KEYS)
        yield from self.rules.values()

    def comparison(self, found: Comparison) -> str:
        """A comparison as Markdown: kinds of change, rules, budget."""
        kinds: list[tuple[Any, ...]] = [
            (self.word(kind), found.counts[kind], yuan(found.differences[kind])) for kind in KINDS
        ]
        kinds.append((self.word("unchanged"), found.counts["unchanged"], yuan(0)))
        rules: dict[str, list[tuple[Any, ...]]] = {}
        for row in found.by_rule.to_pylist():
            name = self.rules.get(row["rule"], row["rule"])
            rules.setdefault(row["list"], []).append((name, row["before"], row["after"], row["difference"]))
        effect = found.after - found.before
        return "\n".join(
            [
                f"# {self.word('comparison')}",
                "",
                *self.table(("change", "households", "difference"), kinds),
                self.said("only", f"{found.only_before} / {found.only_after}"),
                "",
                self.said("undecided", found.undecided),
                "",
                *(
                    line
                    for name, of in rules.items()
                    for line in self.table((name, "before", "after", "difference"), of)
                ),
                self.word("budget", month=yuan(effect), year=yuan(effect * 12)),
                "",
            ]
        )

    def summary(self, found: Summary) -> str:
        """A summary as Markdown: outcomes, rules, distribution, thresholds."""
        heads = [
            ("assessed", found.households), ("rejected", found.rejected), ("paid", found.recipients),
            ("total", yuan(found.total)),
        ]  # fmt: skip
        return "\n".join(
            [
                f"# {self.word('summary')}",
                "",
                self.catalogue.join([self.said(*head) for head in heads], "list.semicolon"),
                "",
                *self.table(
                    ("programme", "households"),
                    [(title, found.programmes.get(c, 0)) for c, title in self.outcomes.items()],
                ),
                *self.table(
                    ("rule", "households", "amount"),
                    [(self.rules.get(r, r), n, yuan(fen)) for r, (fen, n) in found.spending.items()],
                ),
                *self.table(("quantile", "amount"), [(q, yuan(fen)) for q, fen in found.quantiles.items()]),
                *(self.near(found) if found.near else ()),
            ]
        )

    def near(self, found: Summary) -> list[str]:
        """The table of households near each threshold."""
        lines = [(self.rules.get(n.replace("_", "-"), n), b, a) for n, (b, a) in found.near.items()]
        head = self.word("near", yuan=yuan(found.margin))
        return [self.catalogue.say("heading", title=head), "", *self.table(("line", "below", "above"), lines)]

    def said(self, key: str, value: object) -> str:
        """A word with its value."""
        return self.catalogue.say("pair", name=self.word(key), text=value)

    def table(self, heads: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> list[str]:
        """The lines of a Markdown table, with an empty line at the end."""
        words = [self.lists.get(head) or self.word(head) for head in heads]
        lines = ["| " + " | ".join(map(str, row)) + " |" for row in rows]
        return ["| " + " | ".join(words) + " |", "|" + "---|" * len(words), *lines, ""]


def yuan(fen: int) -> str:
    """Fen as yuan with two places."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02}"
