"""What can be wrong with a question about how strong examples are. Each code with its sentence in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

MUTATIONS: Mapping[str, tuple[str, str]] = {
    "CASES_UNREADABLE": (
        "The file of cases {file} cannot be read: {problem}.",
        "案例文件{file}无法读取：{problem}。",
    ),
    "NOT_A_CASE": (
        "{place} is no case that can be tried: {problem}. A case is a JSON object of household, on, expect and, where wanted, readings, overlays, note.",
        "{place}不是可以试算的案例：{problem}。案例是JSON对象，含household、on、expect，可另有readings、overlays、note。",
    ),
    "CASE_FAILS": (
        "{place} does not come out before anything is changed: {field} is {found}, not {expected}. Correct the case or the rules first.",
        "{place}在改动之前就不成立：{field}为{found}，而不是{expected}。请先改正案例或规则。",
    ),
    "NOT_ABOUT_HOUSEHOLDS": (
        "The rulebook is about a {root}; examples are tried for rulebooks about households only.",
        "规则集是关于{root}的；只有关于家庭的规则集才运行例子。",
    ),
    "UNKNOWN_CHANGE": (
        "There is no kind of change {name}; known are {known}.",
        "没有名为{name}的改动；可用的有{known}。",
    ),
}
