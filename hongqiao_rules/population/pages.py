"""A summary or a comparison on one page, in Chinese or English, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hongqiao_rules.population.compare import KINDS, Comparison
from hongqiao_rules.population.summary import Summary
from hongqiao_rules.rulebook.link import Linked

_WORDS: Mapping[str, tuple[str, str]] = {
    "enters": ("新进", "enter"), "leaves": ("退出", "leave"), "rises": ("上升", "rise"), "falls": ("下降", "fall"),
    "unchanged": ("不变", "unchanged"), "change": ("变化", "change"), "households": ("户数", "households"),
    "difference": ("每月差额（元）", "difference a month (yuan)"), "rule": ("规则", "rule"),
    "before": ("之前（元/月）", "before (yuan a month)"), "after": ("之后（元/月）", "after (yuan a month)"),
    "budget": ("**预算影响**：每月{}元，每年{}元", "**Budget effect**: {} a month, {} a year"),
    "comparison": ("对比", "Comparison"), "summary": ("汇总", "Summary"), "programme": ("类别", "programme"),
    "assessed": ("已评估户数", "households assessed"), "rejected": ("被拒户数", "households refused"),
    "paid": ("领取救助的户数", "households paid"), "total": ("合计（元/月）", "total (yuan a month)"),
    "quantile": ("分位（%）", "percentile"), "amount": ("金额（元/月）", "amount (yuan a month)"),
    "line": ("界线", "line"), "below": ("以下", "below"), "above": ("及以上", "at or above"),
    "undecided": ("一方已评估、另一方被拒的户数（不计入变化和金额）", "households assessed in one and refused in the other (left out of changes and amounts)"),
    "changing": ("发生变化的户数", "Households that change"), "was": ("之前", "before"), "is": ("之后", "after"),
    "by rule": ("各项救助金额（元/月）", "Yuan a month by rule"), "spread": ("领取救助的家庭按月领金额的分布", "How monthly totals are spread over the households paid"),
    "near": ("距界线{}元以内的户数", "Households within {} yuan of a line"), "only": ("只在一方的户数（前/后）", "households in one only (before/after)"),
}  # fmt: skip


class Page:
    """Writes pages in one language, with the titles of *linked*; a comparison also has those of what it is compared with."""

    def __init__(self, linked: Linked, lang: str, other: Linked | None = None) -> None:
        self.linked, self.other, self.lang = linked, other, lang
        definitions = linked.definitions
        self.lists = {name: title.say(lang) for name, title in definitions.head.lists.items()}
        rules = {**(other.rules if other is not None else {}), **linked.rules}
        self.rules = {id_: rule.title.say(lang) for id_, rule in rules.items()}
        self.programmes = {
            code: title.say(lang) for code, title in definitions.codes["programme"].values.items()
        }

    def word(self, key: str) -> str:
        """A word of the page."""
        return _WORDS[key][self.lang != "zh"]

    def words(self) -> list[str]:
        """Every word and title that a page or a plot may have."""
        return [
            *(pair[self.lang != "zh"] for pair in _WORDS.values()),
            *self.rules.values(),
            "万" if self.lang == "zh" else "",
        ]

    def comparison(self, found: Comparison) -> str:
        """A comparison: kinds of change, rules, budget."""
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
                self.word("budget").format(yuan(effect), yuan(effect * 12)),
                "",
            ]
        )

    def summary(self, found: Summary) -> str:
        """A summary: programmes, rules, spread, lines."""
        heads = [
            ("assessed", found.households), ("rejected", found.rejected), ("paid", found.recipients),
            ("total", yuan(found.total)),
        ]  # fmt: skip
        return "\n".join(
            [
                f"# {self.word('summary')}",
                "",
                ("；" if self.lang == "zh" else "; ").join(self.said(*head) for head in heads),
                "",
                *self.table(
                    ("programme", "households"),
                    [(title, found.programmes.get(c, 0)) for c, title in self.programmes.items()],
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
        """How many households stand near each line."""
        lines = [(self.rules.get(n.replace("_", "-"), n), b, a) for n, (b, a) in found.near.items()]
        head = self.said("near", "").format(yuan(found.margin)).rstrip()
        return [head, "", *self.table(("line", "below", "above"), lines)]

    def said(self, key: str, value: object) -> str:
        """A word with its value, parted as each language does."""
        return f"{self.word(key)}{'：' if self.lang == 'zh' else ': '}{value}"

    def table(self, heads: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> list[str]:
        """A table, and the empty line after it."""
        words = [self.lists.get(head) or self.word(head) for head in heads]
        lines = ["| " + " | ".join(map(str, row)) + " |" for row in rows]
        return ["| " + " | ".join(words) + " |", "|" + "---|" * len(words), *lines, ""]


def yuan(fen: int) -> str:
    """Fen as yuan with two places."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02}"
