"""What can be wrong with a household. Each code with its sentence in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

HOUSEHOLD: Mapping[str, tuple[str, str]] = {
    "NOT_JSON": ("This is not JSON: {problem}.", "这不是合法的JSON：{problem}。"),
    "NOT_UTF8": ("This is not UTF-8 text; save it as UTF-8.", "不是UTF-8文本；请另存为UTF-8。"),
    "TOO_LARGE": ("A household may be no larger than {limit} bytes.", "一个家庭的数据不得超过{limit}字节。"),
    "TOO_DEEP": ("A household may be nested no deeper than {limit}.", "嵌套不得超过{limit}层。"),
    "NO_HOUSEHOLD": (
        "There is no household in this input; give one as a JSON object, several as a list or one a line.",
        "输入中没有家庭；请给出一个JSON对象，或者一个列表，或者每行一个。",
    ),
    "NOT_AN_OBJECT": ("Expected a JSON object here, found {found}.", "此处应为JSON对象，却是{found}。"),
    "NOT_A_LIST": ("Expected a list here, found {found}.", "此处应为列表，却是{found}。"),
    "NOT_TEXT": ("Expected text here, found {found}.", "此处应为文本，却是{found}。"),
    "NOT_TRUTH": ("Expected true or false here, found {found}.", "此处应为true或false，却是{found}。"),
    "NULL_VALUE": (
        "null is not taken; leave the field out where nothing is stated.",
        "不接受null；没有填写的字段请不要写出。",
    ),
    "UNKNOWN_VALUE": (
        'This is stated as "unknown"; an assessment needs to know it.',
        "此项填为“unknown”（未知）；评估须知道它的值。",
    ),
    "MISSING_FIELD": ("The field {name} is missing.", "缺少字段{name}。"),
    "UNKNOWN_FIELD": (
        "There is no field {name} here; known are {known}.",
        "此处没有字段{name}；可用的有{known}。",
    ),
    "UNKNOWN_CODE": (
        '"{value}" is not a code of {list}; known are {known}.',
        "“{value}”不是{list}的代码；可用的有{known}。",
    ),
    "DUPLICATE_KEY": ("The key {name} is given more than once.", "键{name}重复出现。"),
    "DUPLICATE_ID": ("The id {name} is used by an earlier member.", "编号{name}已被前面的成员使用。"),
    "DUPLICATE_HOUSEHOLD": (
        "The household id {name} is used earlier in this input; give each household its own.",
        "家庭编号{name}在前面已经出现；请为每个家庭使用不同的编号。",
    ),
    "EMPTY_TEXT": ("This text is empty.", "此处文本为空。"),
    "TEXT_TOO_LONG": ("A text may have no more than {limit} characters.", "文本不得超过{limit}个字符。"),
    "BAD_TEXT": (
        "This text holds characters that cannot be written as UTF-8.",
        "文本含有无法以UTF-8表示的字符。",
    ),
    "TOO_FEW": ("At least {limit} is needed here.", "此处至少需要{limit}项。"),
    "TOO_MANY": ("No more than {limit} are taken here.", "此处不得超过{limit}项。"),
    "BAD_DATE": ("{value} is not a date; write it as YYYY-MM-DD.", "{value}不是日期；请写成YYYY-MM-DD。"),
    "BAD_ID_NUMBER": (
        "The identity number does not hold or contradicts the birth date; write it as on the card, or leave it out.",
        "身份证号有误，或者与所填出生日期不一致：请按证件填写18位号码（含校验码），或者不填号码、只填出生日期。",
    ),
    "MONEY_AS_FLOAT": (
        'An amount is never a decimal number in JSON; write it as text: "{value}".',
        '金额不得写成JSON小数；请写成文本，例如"{value}"。',
    ),
    "BAD_MONEY": (
        '{value} is not an amount: write whole yuan from 0 to 9999999, or text such as "2700.50" with nothing else in it.',
        '{value}不是金额：请写0到9999999的整数元，或写成文本，例如"2700.50"，不带千位分隔符、货币符号和空格。',
    ),
    "BAD_GRADE": (
        "{value} is not a grade; write one of the numbers 1, 2, 3, 4.",
        "{value}不是残疾等级；请写数字1、2、3、4之一。",
    ),
    "NO_APPLICANT": ("No member is the applicant; exactly one has to be.", "没有申请人；必须有且只有一名。"),
    "SEVERAL_APPLICANTS": ("Another member is the applicant already.", "前面已有一名申请人。"),
    "SEVERAL_SPOUSES": ("Another member is the applicant's spouse already.", "前面已有一名配偶。"),
    "APPLICANT_NOT_COUNTED": (
        "The applicant has to be a counted member, so with no absence; let another member apply.",
        "申请人必须计入家庭，不得有不在家庭的情形；请由其他成员申请。",
    ),
    "SPOUSE_OF_UNMARRIED": (
        "There is a spouse, but the applicant is not stated as married.",
        "有配偶，但申请人的婚姻状况不是已婚。",
    ),
    "BORN_LATER": ("This date of birth is after the assessment date {on}.", "出生日期晚于评估日期{on}。"),
    "MARITAL_STATUS_NEEDED": (
        "The marital status is needed of the applicant and of whoever is a member's parent, from 18 on.",
        "申请人和任何成员的父母，年满18周岁的必须填写婚姻状况。",
    ),
    "INCOMES_NEEDED": (
        "Incomes are needed of a counted member from the 16th birthday on; an empty list, in a table a 0, says there are none.",
        "计入家庭的成员年满16周岁的必须填写收入；没有收入请填空列表（表格中填0）。",
    ),
    "PARENT_NOT_A_MEMBER": ("{name} is not the id of a member.", "{name}不是任何成员的编号。"),
    "PARENT_OF_ITSELF": ("A member cannot be their own parent.", "成员不能是自己的父母。"),
    "PARENT_YOUNGER": ("The parent {name} is younger than the child.", "父母{name}的年龄小于子女。"),
}
