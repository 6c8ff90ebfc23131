"""What can be wrong with a question: a date, a reading, an overlay, a register. Each code with its sentence in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

REQUEST: Mapping[str, tuple[str, str]] = {
    "NOT_MODELLED": ("{on} is before {start}. {en}", "{on}早于{start}。{zh}"),
    "BAD_ASSESSMENT_DATE": (
        "{value} is not a date on which to assess; give a date, such as 2019-05-01 (in Python: date(2019, 5, 1)).",
        "{value}不是评估日期；请给出日期，例如2019-05-01（在Python中为date(2019, 5, 1)）。",
    ),
    "BAD_MONTH": (
        "{value} is not a month; write it as YYYY-MM, such as 2019-05.",
        "{value}不是月份；请写作YYYY-MM，例如2019-05。",
    ),
    "MONTHS_REVERSED": (
        "The last month ({last}) comes before the first ({first}); exchange them.",
        "截止月份（{last}）早于起始月份（{first}）；请对调。",
    ),
    "BAD_PAID": (
        '{value} does not say what was paid; write a JSON object of months and yuan, such as {{"2019-05": "1440.00"}}.',
        '{value}不能说明发放了多少；请写作月份和金额的JSON对象，例如{{"2019-05": "1440.00"}}。',
    ),
    "UNKNOWN_READING": (
        "There is no reading {name}; known are {known}.",
        "没有读法{name}；可用的有{known}。",
    ),
    "UNKNOWN_CHOICE": (
        "The reading {name} has no choice {choice}; its choices are {known}.",
        "读法{name}没有选项{choice}；可选的有{known}。",
    ),
    "READING_SYNTAX": (
        "{value} is not NAME=CHOICE, such as disease-pairing=tiered.",
        "{value}不是“名称=选项”的形式，例如disease-pairing=tiered。",
    ),
    "READING_TWICE": ("The reading {name} is chosen twice.", "读法{name}选择了两次。"),
    "UNKNOWN_OVERLAY": (
        "There is no overlay {name}; known are {known}.",
        "没有叠加规则{name}；可用的有{known}。",
    ),
    "OVERLAY_NOT_IN_FORCE": (
        "The overlay {name} is in force from {start}, not on {on}.",
        "叠加规则{name}自{start}起施行，{on}不适用。",
    ),
    "OVERLAY_TWICE": ("The overlay {name} is named twice.", "叠加规则{name}重复。"),
    "OVERLAYS_CONFLICT": (
        "The overlays {one} and {other} both replace {rule}; take one of them.",
        "叠加规则{one}和{other}都替换了{rule}；请只用其一。",
    ),
    "UNKNOWN_LANGUAGE": (
        "Nothing is said in the language {value}; it can be 'zh' or 'en'.",
        "没有语言{value}；可以是'zh'或'en'。",
    ),
    "OPTION_WITHOUT_MODE": (
        "Without {mode} this would be passed over: {options}. Add the one or leave out the other.",
        "没有{mode}，{options}不起作用；请加上前者，或去掉后者。",
    ),
    "OPTION_NEEDED": (
        "{option} is needed here: {why}.",
        "此处需要{option}：{why}。",
    ),
    "OPTIONS_APART": (
        "{one} does not go with {other}; leave one of them out.",
        "{one}不能与{other}同时使用；请去掉其一。",
    ),
    "PROVE_OR_MUTATE": (
        "--prove and --mutate are two questions; ask one after the other.",
        "--prove 和 --mutate 是两个问题；请分别运行。",
    ),
    "ENGINE_UNDEFINED": (
        "The rule {rule} uses {operation}, which the columnar engine does not define; assess household by household.",
        "规则{rule}用到{operation}，列式引擎没有定义；请逐户评估。",
    ),
    "EXTRA_NEEDED": (
        "This needs {module}, which is not installed: pip install 'hongqiao-rules[{extra}]'.",
        "此功能需要{module}，尚未安装：pip install 'hongqiao-rules[{extra}]'。",
    ),
    "FILE_NOT_USABLE": (
        "{file} cannot be used: {why}. Look at its name; what is to be written needs a folder that is there.",
        "{file}不可用：{why}。请核对名称；要写入的文件，所在文件夹须已存在。",
    ),
    "OUTPUT_IS_INPUT": (
        "{file} would be written over: it is read by this run, or written by it already. Name another file.",
        "{file}会被覆盖：本次运行正在读取它，或已经写入它。请换一个文件名。",
    ),
    "FILE_FORMAT": (
        "{file} is of no format that is read or written here; its name has to end in {known}.",
        "{file}的格式不受支持；文件名应以{known}结尾。",
    ),
    "FILE_UNREADABLE": (
        "{file} cannot be read; it is cut short, or of another format than its name says: {problem}",
        "{file}无法读取；文件不完整，或格式与文件名不符：{problem}",
    ),
    "MAPPING_SHAPE": (
        "{file}: {key} is no part of a mapping file or misshapen; its parts are {known}; `hongqiao-rules population template` prints one.",
        "{file}：{key}不是对照文件的内容，或写法不对；内容为{known}。用 hongqiao-rules population template 可打印样本。",
    ),
    "MAPPING_TWICE": (
        "{file}: {name} stands there twice, and only one could count; leave one out.",
        "{file}：{name}出现了两次，只能有一处起作用；请去掉一处。",
    ),
    "NOT_IN_ENCODING": (
        "{file} is no text in the encoding {encoding}; Chinese registers are often in gb18030: give the right one by --encoding.",
        "{file}不是{encoding}编码的文本；国内导出的登记表常为gb18030，请用 --encoding 给出正确的编码。",
    ),
    "NOTHING_TO_RESUME": (
        "There is no interrupted run of {file} to resume; start it without resuming.",
        "{file}没有可以继续的中断运行；请重新开始。",
    ),
    "RESUME_DIFFERS": (
        "The interrupted run of {file} had another input, date, reading, overlay or policy; start anew.",
        "{file}中断的运行所用的输入、日期、读法、叠加规则或规则文件不同；请重新开始。",
    ),
    "ORPHAN_MEMBER": (
        "This member belongs to the household {name}, which is not there.",
        "该成员所属的家庭{name}不存在。",
    ),
    "UNKNOWN_COLUMN": (
        "There is no column {column} to take; known are {known}. Rename it, leave it out, or say in a mapping file what it is called here or that it is to be ignored.",
        "不接受列{column}；可用的有{known}。请改名，或去掉与评估无关的列；也可以在对照文件中写明对应的名称，或列入ignore。",
    ),
    "MISSING_COLUMN": (
        "The column {column} is missing; there are {names}. Where one of them is it under another name, rename it or map it in a mapping file.",
        "缺少列{column}；现有的列：{names}。如果只是名称不同，请改名，或在对照文件中写明对应的名称。",
    ),
    "COLUMN_TWICE": ("The column {column} stands there twice.", "列{column}出现了两次。"),
    "COLUMNS_CONFLICT": (
        "The columns {one} and {other} say the same in two ways; give one of them.",
        "列{one}和{other}以两种方式表示同一内容；请只给其一。",
    ),
    "COLUMN_TYPE": (
        "The column {column} is {type}; what is taken there is {wanted}.",
        "列{column}的类型是{type}；此处应为：{wanted}。",
    ),
    "FLOAT_COLUMN": (
        "The column {column} is {type}, and no float is exact money; make it decimal first: {cast}.",
        "列{column}的类型是{type}，浮点数不能精确表示金额；请先转换为定点小数：{cast}。",
    ),
    "UNKNOWN_NAME": (
        "There is no rule, parameter, source, reading or overlay {name}; `hongqiao-rules rules` lists them.",
        "没有名为{name}的规则、参数、文件、读法或叠加规则；用 hongqiao-rules rules 列出全部。",
    ),
    "UNKNOWN_COMMAND": (
        "There is no command {name}; `{command} --help` lists them.",
        "没有命令{name}；用 {command} --help 列出全部。",
    ),
    "UNKNOWN_OPTION": (
        "There is no option {name}; `{command} --help` lists them.",
        "没有选项{name}；用 {command} --help 列出全部。",
    ),
    "OPTION_WITHOUT_VALUE": (
        "{option} needs a value behind it; `{command} --help` says which.",
        "{option}后面需要给出值；见 {command} --help。",
    ),
    "OPTION_TAKES_NO_VALUE": (
        "{option} takes no value; leave out what begins with `=`; see `{command} --help`.",
        "{option}不带值；请去掉“=”及其后的内容；见 {command} --help。",
    ),
    "PARAMETER_MISSING": (
        "{name} is missing; `{command} --help` says what it is.",
        "缺少{name}；其含义见 {command} --help。",
    ),
    "PARAMETER_WRONG": (
        "{name} is wrong: {problem} `{command} --help` says what it takes.",
        "{name}不对：{problem}。见 {command} --help。",
    ),
    "UNEXPECTED_ARGUMENT": (
        "{words} is more than the command takes; `{command} --help` shows its form.",
        "{words}是多余的；命令的写法见 {command} --help。",
    ),
    "COMMAND_MISSING": (
        "A command has to be named; `{command} --help` lists them.",
        "需要写明一个命令；用 {command} --help 列出全部。",
    ),
    "USAGE": (
        "{problem}; `{command} --help` shows the form of the command.",
        "{problem}；命令的写法见 {command} --help。",
    ),
}
