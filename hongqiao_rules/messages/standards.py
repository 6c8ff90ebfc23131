"""What can be wrong with a district and its communities. Each code with its sentence in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

STANDARDS: Mapping[str, tuple[str, str]] = {
    "BAD_COUNT": (
        "{value} is not a count; write a whole number from {least} to {most}, or leave the field out where it is not known.",
        "{value}不是数量；请写{least}到{most}的整数，不知道的请不要写出。",
    ),
    "DUPLICATE_COMMUNITY": (
        "The id {name} is used by an earlier community; give each its own.",
        "编号{name}已被前面的社区使用；请为每个社区使用不同的编号。",
    ),
    "DISTRICT_TOO_LARGE": (
        "A district may be no larger than {limit} bytes.",
        "一个区的数据不得超过{limit}字节。",
    ),
    "DISTRICT_TOO_DEEP": (
        "A district may be nested no deeper than {limit}; it holds a list of communities and no more.",
        "嵌套不得超过{limit}层；区之下只有社区一层。",
    ),
}
