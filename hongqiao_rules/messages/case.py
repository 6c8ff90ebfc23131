"""What can be wrong with the events and the record of a living case. Each code with its sentence in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

CASE: Mapping[str, tuple[str, str]] = {
    "UNKNOWN_KIND": ("{value} is not known here; known are {known}.", "此处没有{value}；可用的有{known}。"),
    "NOT_A_NUMBER": (
        "Expected the number of an earlier event, found {found}.",
        "此处应为已记事件的序号，却是{found}。",
    ),
    "KNOWN_EARLIER": (
        "The record already holds what became known on {last}; an event cannot have become known before that.",
        "记录中已有{last}得知的事项；后记的事件不能更早得知。",
    ),
    "NEVER_JOINED": (
        "{name} never joined this household; state first that they joined.",
        "{name}从未加入该家庭；请先记录其加入。",
    ),
    "BEFORE_BIRTH": (
        "{since} is before {name} was born ({born}).",
        "{since}早于{name}的出生日期（{born}）。",
    ),
    "AFTER_DEATH": (
        "{name} died on {died}; nothing about them becomes true later.",
        "{name}已于{died}去世；此后不再有新的事实。",
    ),
    "ENDS_BEFORE_SINCE": ("It ends before it begins ({since}).", "终止日早于起始日（{since}）。"),
    "DEATH_ENDS": ("A death has no end.", "去世没有终止日。"),
    "ALREADY_A_MEMBER": (
        "{name} is a member in these days already (event {number}); let that lapse, or correct it.",
        "{name}在这段时间已是成员（事件{number}）；请先终止或更正该事件。",
    ),
    "OTHER_BIRTH_DATE": (
        "{name} was born on {born} by event {number}; correct that event if it is wrong.",
        "按事件{number}，{name}的出生日期为{born}；如有误请更正该事件。",
    ),
    "ALREADY_STATED": (
        "Event {number} states this from the same day on; correct or withdraw it.",
        "事件{number}已从同一天起记录此项；请更正或撤回该事件。",
    ),
    "STILL_HAS": (
        "The member has some in these days (event {number}); let that lapse or withdraw it first.",
        "该成员在这段时间仍有此项（事件{number}）；请先终止或撤回该事件。",
    ),
    "NO_SUCH_EVENT": ("There is no event {number} in this record.", "记录中没有事件{number}。"),
    "NOT_A_STATEMENT": (
        "Event {number} states nothing; refer to the event that first stated the fact ({meaning}).",
        "事件{number}不是陈述；请引用最初陈述该事实的事件（{meaning}）。",
    ),
    "WITHDRAWN_ALREADY": (
        "Event {number} was withdrawn already (by event {by}).",
        "事件{number}已被事件{by}撤回。",
    ),
    "CONTRADICTS": (
        "With this, event {number} could not be true ({reason}): correct or withdraw that one first.",
        "若如此，事件{number}便不能成立（{reason}）：请先更正或撤回该事件。",
    ),
    "OTHER_FACT": (
        "Event {number} is about something else; a correction keeps the kind of fact and the member.",
        "事件{number}说的是另一事项；更正须为同一种事实、同一成员。",
    ),
    "RECORD_DAMAGED": (
        "Line {line} of the record {record} is damaged; nothing after it can be believed. Restore it from a copy.",
        "记录{record}第{line}行已损坏，其后内容不可信；请用副本恢复。",
    ),
    "RECORD_IN_USE": (
        "The record {record} is being written by another case; close that one first.",
        "记录{record}正被另一处写入；请先关闭。",
    ),
    "RECORD_OF_ANOTHER": (
        "The record {record} is of the case {found}, not of {wanted}.",
        "记录{record}属于{found}，而不是{wanted}。",
    ),
    "RECORD_NOT_USABLE": (
        "The record {record} cannot be read or written ({why}); see that its folder exists and may be written.",
        "记录{record}无法读写（{why}）；请确认其所在文件夹存在并且可写。",
    ),
    "NO_RECORD": ("There is no record {record} yet; open the case first.", "还没有记录{record}；请先开立。"),
    "NOT_A_RECORD": ("{record} is not the record of a case.", "{record}不是个案记录。"),
    "NO_PAYMENT_RULE": (
        "No rule of this rulebook concludes {figure}, so nothing says which decision pays a month.",
        "本规则集没有得出{figure}的规则，不知道各月按哪次决定发放。",
    ),
    "NO_INFERENCE": (
        "durable-rules is not installed; install hongqiao-rules[cases], or open the case without inference.",
        "没有安装durable-rules；请安装hongqiao-rules[cases]，或不用推理打开。",
    ),
    "INFERENCE_LIMIT": (
        "durable-rules takes no more than {limit} {what}, this rulebook needs {found}; open the case without inference.",
        "durable-rules的{what}不得超过{limit}，本规则集需要{found}；请不用推理打开。",
    ),
    "CASE_CLOSED": ("This case is closed; open it again.", "该个案已关闭；请重新打开。"),
}
