"""Every code with its sentence in Chinese and English: what is wrong, and a way out. Codes never change meaning."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

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
    "UNKNOWN_FIELD": ("There is no field {name} here; known are {known}.", "此处没有字段{name}；可用的有{known}。"),
    "UNKNOWN_CODE": ("{value} is not a code of {list}; known are {known}.", "{value}不是{list}的代码；可用的有{known}。"),
    "DUPLICATE_KEY": ("The key {name} is given more than once.", "键{name}重复出现。"),
    "DUPLICATE_ID": ("The id {name} is used by an earlier member.", "编号{name}已被前面的成员使用。"),
    "DUPLICATE_HOUSEHOLD": (
        "The household id {name} is used earlier in this input; give each household its own.",
        "家庭编号{name}在前面已经出现；请为每个家庭使用不同的编号。",
    ),
    "EMPTY_TEXT": ("This text is empty.", "此处文本为空。"),
    "TEXT_TOO_LONG": ("A text may have no more than {limit} characters.", "文本不得超过{limit}个字符。"),
    "BAD_TEXT": ("This text holds characters that cannot be written as UTF-8.", "文本含有无法以UTF-8表示的字符。"),
    "TOO_FEW": ("At least {limit} is needed here.", "此处至少需要{limit}项。"),
    "TOO_MANY": ("No more than {limit} are taken here.", "此处不得超过{limit}项。"),
    "BAD_DATE": ("{value} is not a date; write it as YYYY-MM-DD.", "{value}不是日期；请写成YYYY-MM-DD。"),
    "MONEY_AS_FLOAT": (
        'An amount is never a decimal number in JSON; write it as text: "{value}".',
        "金额不得写成JSON小数；请写成文本，例如\"{value}\"。",
    ),
    "BAD_MONEY": (
        '{value} is not an amount: write whole yuan from 0 to 9999999, or text such as "2700.50".',
        "{value}不是金额：请写0到9999999的整数元，或写成文本，例如\"2700.50\"。",
    ),
    "BAD_GRADE": ("{value} is not a grade; write one of 1, 2, 3, 4.", "{value}不是残疾等级；请写1、2、3、4之一。"),
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
        "Incomes are needed of a counted member from the 16th birthday on; an empty list says there are none.",
        "计入家庭的成员年满16周岁的必须填写收入；没有收入请填空列表。",
    ),
    "PARENT_NOT_A_MEMBER": ("{name} is not the id of a member.", "{name}不是任何成员的编号。"),
    "PARENT_OF_ITSELF": ("A member cannot be their own parent.", "成员不能是自己的父母。"),
    "PARENT_YOUNGER": ("The parent {name} is younger than the child.", "父母{name}的年龄小于子女。"),
}  # fmt: skip

REQUEST: Mapping[str, tuple[str, str]] = {
    "NOT_MODELLED": ("{on} is before {start}. {en}", "{on}早于{start}。{zh}"),
    "BAD_ASSESSMENT_DATE": (
        "{value} is not a date on which to assess; give a date, such as date(2019, 5, 1).",
        "{value}不是评估日期；请给出日期，例如2019-05-01。",
    ),
    "UNKNOWN_READING": ("There is no reading {name}; known are {known}.", "没有读法{name}；可用的有{known}。"),
    "UNKNOWN_CHOICE": (
        "The reading {name} has no choice {choice}; its choices are {known}.",
        "读法{name}没有选项{choice}；可选的有{known}。",
    ),
    "READING_SYNTAX": ("{value} is not NAME=CHOICE.", "{value}不是“名称=选项”的形式。"),
    "READING_TWICE": ("The reading {name} is chosen twice.", "读法{name}选择了两次。"),
    "UNKNOWN_OVERLAY": ("There is no overlay {name}; known are {known}.", "没有叠加规则{name}；可用的有{known}。"),
    "OVERLAY_NOT_IN_FORCE": (
        "The overlay {name} is in force from {start}, not on {on}.",
        "叠加规则{name}自{start}起施行，{on}不适用。",
    ),
    "OVERLAY_TWICE": ("The overlay {name} is named twice.", "叠加规则{name}重复。"),
    "OVERLAYS_CONFLICT": (
        "The overlays {one} and {other} both replace {rule}; take one of them.",
        "叠加规则{one}和{other}都替换了{rule}；请只用其一。",
    ),
    "ENGINE_UNDEFINED": (
        "The rule {rule} uses {operation}, which the columnar engine does not define; assess household by household.",
        "规则{rule}用到{operation}，列式引擎没有定义；请逐户评估。",
    ),
    "EXTRA_NEEDED": (
        "This needs {module}, which is not installed: pip install 'hongqiao-rules[{extra}]'.",
        "此功能需要{module}，尚未安装：pip install 'hongqiao-rules[{extra}]'。",
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
        "There is no column {column} to take; known are {known}. Leave out or rename what is not for the assessment.",
        "不接受列{column}；可用的有{known}。请去掉或改名与评估无关的列。",
    ),
    "MISSING_COLUMN": ("The column {column} is missing; there are {names}.", "缺少列{column}；现有{names}。"),
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
        "The column {column} is {type}, and no float is exact money; cast it first: {cast}.",
        "列{column}的类型是{type}，浮点数不能精确表示金额；请先转换：{cast}。",
    ),
    "UNKNOWN_NAME": (
        "There is no rule, parameter, source, reading or overlay {name}; `hongqiao-rules rules` lists them.",
        "没有名为{name}的规则、参数、文件、读法或叠加规则；用 hongqiao-rules rules 列出全部。",
    ),
}  # fmt: skip

POLICY: Mapping[str, tuple[str, str]] = {
    "POLICY_NO_FILES": ("There are no policy files in {folder}.", "{folder}中没有规则文件。"),
    "POLICY_UNREADABLE": ("The file cannot be read: {problem}.", "文件无法读取：{problem}。"),
    "POLICY_NOT_UTF8": ("The file is not UTF-8 text.", "文件不是UTF-8文本。"),
    "POLICY_TOO_LARGE": ("A policy file may be no larger than {limit} bytes.", "规则文件不得超过{limit}字节。"),
    "POLICY_TOO_DEEP": ("A policy file may be nested no deeper than {limit}.", "规则文件嵌套不得超过{limit}层。"),
    "POLICY_NOT_YAML": ("This is not YAML: {problem}.", "不是合法的YAML：{problem}。"),
    "POLICY_EMPTY": ("The file is empty.", "文件是空的。"),
    "POLICY_SEVERAL_DOCUMENTS": ("A file holds one document; remove the `---`.", "一个文件只放一份文档；请去掉“---”。"),
    "POLICY_ALIAS": ("Anchors and aliases are not read; write the value out.", "不读取锚点和引用；请把值写出来。"),
    "POLICY_TAG": ("The tag {tag} is not read; write a plain value.", "不读取标签{tag}；请写普通的值。"),
    "POLICY_KEY_NOT_TEXT": ("A key has to be plain text.", "键必须是普通文本。"),
    "POLICY_DUPLICATE_KEY": ("The key {key} stands already in line {first}.", "键{key}已在第{first}行出现。"),
    "POLICY_NO_VALUE": ("{name} has no value; write one or leave the key out.", "{name}没有值；请填写或去掉这个键。"),
    "POLICY_FLOAT": (
        'A bare decimal number may not be exact; write it in quotes: "{value}".',
        "裸小数可能不精确；请加引号写成\"{value}\"。",
    ),
    "POLICY_NUMBER_TOO_LARGE": ("The number {value} is too large.", "数字{value}太大。"),
    "POLICY_NOT_A_MAPPING": ("A policy file is a mapping of keys to values.", "规则文件应为键值映射。"),
    "POLICY_UNKNOWN_KIND": (
        "A policy file begins with the key that says what it is: {kinds}; {name} is none of them.",
        "规则文件的第一个键说明它的种类：{kinds}；{name}不在其中。",
    ),
    "POLICY_UNKNOWN_KEY": ("There is no key {name} here; known are {known}.", "此处没有键{name}；可用的有{known}。"),
    "POLICY_MISSING_KEY": ("The key {name} is missing here.", "此处缺少键{name}。"),
    "POLICY_BAD_DATE": ("{value} is not a date; write YYYY-MM-DD.", "{value}不是日期；请写成YYYY-MM-DD。"),
    "POLICY_UNKNOWN_WORD": ("{value} is not known here; write one of {known}.", "此处不能写{value}；可写{known}。"),
    "POLICY_BAD_NAME": (
        "{value} is not a name; rules and parameters are written small-with-hyphens, facts and codes small_with_underscores.",
        "{value}不是合格的名称；规则和参数用小写加连字符，事实和代码用小写加下划线。",
    ),
    "POLICY_TOO_FEW": ("{name} may not be empty.", "{name}不得为空。"),
    "POLICY_WRONG_TYPE": ("{name} should be {wanted}.", "{name}的类型应为{wanted}。"),
    "POLICY_BAD_VALUE": (
        '{value} is not a {type}: money is whole yuan or text such as "313.50", a share is 30% or 3/10, codes are a list without repetition.',
        "{value}不是{type}：金额写整数元或\"313.50\"，比例写30%或3/10，代码写不重复的列表。",
    ),
    "POLICY_BAD_RANGE": ("This range is empty or wider than {limit}.", "范围为空或超出{limit}。"),
    "POLICY_FACT_SHAPE": (
        "{fact} is of type {type}: the key {needed} goes with other types, or is needed here.",
        "{fact}的类型是{type}：键{needed}不适用或缺少。",
    ),
    "POLICY_ENDS_BEFORE_START": ("This period ends before it starts ({start}).", "终止日早于起始日（{start}）。"),
    "POLICY_OVERLAP": (
        "Two periods of {what} overlap: one runs from {start}, which another already covers. End one before the other begins.",
        "{what}有两个时段重叠：一个自{start}起，另一个已包含该日。请让前一个先结束。",
    ),
    "POLICY_GAP": (
        "{what} says nothing for {start}; let a period reach it, or say from when the rule holds.",
        "{what}在{start}没有规定；请延长时段，或写明规则自何时起施行。",
    ),
    "POLICY_DUPLICATE": ("{name} is defined already, in {first}.", "{name}已在{first}定义。"),
    "POLICY_UNKNOWN_SOURCE": ("The source {name} is not declared.", "没有声明文件{name}。"),
    "POLICY_NO_CITATION": (
        "The rule {rule} cites nothing; cite a source, or say `basis: convention`.",
        "规则{rule}没有引用；请引用文件，或写 basis: convention。",
    ),
    "POLICY_UNKNOWN_ENTITY": ("There is no entity {name}.", "没有实体{name}。"),
    "POLICY_UNKNOWN_CODES": ("There is no code list {name}.", "没有代码表{name}。"),
    "POLICY_UNKNOWN_RULE": ("There is no rule {name} to refer to here.", "没有可在此引用的规则{name}。"),
    "POLICY_UNKNOWN_OVERLAY": ("There is no overlay {name}.", "没有叠加规则{name}。"),
    "POLICY_UNKNOWN_READING": ("There is no reading or choice {name}.", "没有读法或选项{name}。"),
    "POLICY_UNKNOWN_LIST": ("The rulebook has no list {name}.", "规则集没有列表{name}。"),
    "POLICY_UNKNOWN_FIGURE": ("No rule concludes {name}.", "没有规则得出{name}。"),
    "POLICY_LIST_NEEDS_ORDER": (
        "An amount in a list has both `list` and `order`; one of them is missing.",
        "列表中的金额须同时写 list 和 order；缺少其一。",
    ),
    "POLICY_LINE_NOT_MONEY": ("The rule {rule} stands in a list of amounts, so it has to give money.", "规则{rule}在金额列表中，必须给出金额。"),
    "POLICY_TYPES_DIFFER": ("The versions of {name} give different types: {types}.", "{name}的各版本类型不同：{types}。"),
    "POLICY_NAME_TAKEN": ("{name} is already the name of a fact or a parameter.", "{name}已是事实或参数的名称。"),
    "POLICY_CYCLE": ("These conclusions wait for each other: {cycle}.", "这些结论相互依赖：{cycle}。"),
    "POLICY_AMBIGUOUS": (
        "{one} and {other} could both settle {what}, and neither comes first; say `overrides` in one of them.",
        "{one}和{other}都可以确定{what}，又没有先后；请在其中之一写 overrides。",
    ),
    "POLICY_AMOUNT_TWICE": (
        "{one} and {other} both give the amount {what}; an amount in a list has one rule, so let each conclude its own.",
        "{one}和{other}都给出金额{what}；列表中的一项金额只有一条规则，请让它们各自得出自己的。",
    ),
    "POLICY_UNSETTLED": (
        "Where {rule} does not apply nothing settles {name}; add a rule without conditions that the others override.",
        "{rule}不适用时，{name}无从确定；请加一条没有条件、被其他规则优先的规则。",
    ),
    "POLICY_NEVER_REACHED": (
        "The rule {rule} is never reached: {other} comes before it and has no conditions; let {rule} override it.",
        "规则{rule}永远用不到：排在前面的{other}没有条件；请让{rule}优先于它。",
    ),
    "POLICY_ABOUTS_DIFFER": (
        "{name} is settled about {one} elsewhere, and about {other} here; give the two different names.",
        "{name}在别处是关于{one}的，在此却是关于{other}的；请用两个名称。",
    ),
    "POLICY_ENTITY_UNUSED": (
        "The entity {name} is neither the root {root} nor what the root contains; no rule can be about it.",
        "实体{name}既不是根实体{root}，也不包含在其中；没有规则能涉及它。",
    ),
    "POLICY_ENTITY_NESTED": (
        "Only the root {root} contains entities, and not itself; {name} may not.",
        "只有根实体{root}可以包含其他实体（不含自身）；{name}不可以。",
    ),
    "POLICY_UNREACHABLE": (
        "Nothing that is shown rests on the rule {rule}; name its conclusion in a rule, a list or the figures.",
        "没有任何结果用到规则{rule}；请在规则、列表或指标中使用它。",
    ),
    "POLICY_NEEDS_ROUNDING": (
        "The result of {rule} need not be whole fen (it is a multiple of 1/{scale} fen); declare a `rounding`.",
        "{rule}的结果不一定是整分（为1/{scale}分的倍数）；请写明 rounding。",
    ),
    "POLICY_ROUNDING_TYPE": (
        "A {type} is not rounded to {to}: money is rounded to fen or yuan, a number to whole, nothing else is rounded.",
        "{type}不能取整到{to}：金额取整到fen或yuan，数字取整到whole，其他不取整。",
    ),
    "POLICY_OVERFLOW": ("The rule {rule} may exceed 64 bits with the declared ranges.", "按声明的范围，规则{rule}可能超出64位。"),
    "POLICY_DIVISION_BY_ZERO": (
        "The rule {rule} may divide by zero; divide by max(1, …).",
        "规则{rule}可能除以零；请写成除以 max(1, …)。",
    ),
    "POLICY_OTHER_VOCABULARY": (
        "This rulebook cannot assess a household: it has to declare the facts, figures and lists of the bundled one, and {what} is different.",
        "这个规则集不能评估家庭：它须声明与自带规则集相同的事实、指标和列表，而{what}不同。",
    ),
    "POLICY_EXAMPLE_REFUSED": ("The example is refused: {problem}", "例子被拒绝：{problem}"),
    "POLICY_EXAMPLE_FAILS": (
        "The example gives {field} = {found}, not {expected}.",
        "例子得出{field} = {found}，而不是{expected}。",
    ),
    "EXPRESSION_SYNTAX": ("This expression cannot be read: {problem}.", "表达式无法读取：{problem}。"),
    "EXPRESSION_TOO_LONG": ("An expression may have no more than {limit} characters.", "表达式不得超过{limit}个字符。"),
    "EXPRESSION_NOT_ALLOWED": ("{what} is not part of the rule language.", "规则语言中没有{what}。"),
    "EXPRESSION_CHAINED": (
        "Comparisons are not chained; write a < b and b < c.",
        "比较不得连写；请写成 a < b and b < c。",
    ),
    "EXPRESSION_LITERAL": (
        "The figure {value} has no source here; make it a parameter and cite where it comes from.",
        "数字{value}在此没有出处；请写成参数并注明来源。",
    ),
    "EXPRESSION_NOT_TRUTH": ("A condition is needed here, not a {type}.", "此处应为条件，而不是{type}。"),
    "EXPRESSION_TYPES": ("{left} and {right} do not go together here.", "{left}与{right}在此不能一起使用。"),
    "EXPRESSION_UNKNOWN_NAME": ("The name {name} is not known here.", "此处没有名称{name}。"),
    "EXPRESSION_UNKNOWN_CODE": ("{value} is not a code of {list}.", "{value}不是{list}的代码。"),
    "EXPRESSION_OF_WHOM": (
        "{name} is said of each {entity}; say of which, as in any(x.{name} for x in …).",
        "{name}是对每个{entity}而言的；请写明是谁的，例如 any(x.{name} for x in …)。",
    ),
    "EXPRESSION_LOOP_ITSELF": ("{name} stands for a whole entity; name one of its facts, as in {name}.age.", "{name}代表整个实体；请写它的某项事实，例如{name}.age。"),
    "EXPRESSION_NAME_TAKEN": ("{name} already means something here; call the loop's variable otherwise.", "{name}在此已有含义；请换一个循环变量名。"),
    "EXPRESSION_NOT_A_LIST": ("{name} is not a list to run over.", "{name}不是可以遍历的列表。"),
    "EXPRESSION_ARGUMENTS": (
        "{function} is not called like this; see the cheat sheet of the language.",
        "{function}的写法不对；请看语言速查表。",
    ),
    "EXPRESSION_DIVISION": (
        "A division is only the outermost step of a rule that says how it is rounded.",
        "除法只能是写明取整方式的规则的最外一步。",
    ),
}  # fmt: skip

CASE: Mapping[str, tuple[str, str]] = {
    "UNKNOWN_KIND": ("{value} is not known here; known are {known}.", "此处没有{value}；可用的有{known}。"),
    "NOT_A_NUMBER": ("Expected the number of an earlier event, found {found}.", "此处应为已记事件的序号，却是{found}。"),
    "KNOWN_EARLIER": (
        "The record already holds what became known on {last}; an event cannot have become known before that.",
        "记录中已有{last}得知的事项；后记的事件不能更早得知。",
    ),
    "NEVER_JOINED": ("{name} never joined this household; state first that they joined.", "{name}从未加入该家庭；请先记录其加入。"),
    "BEFORE_BIRTH": ("{since} is before {name} was born ({born}).", "{since}早于{name}的出生日期（{born}）。"),
    "AFTER_DEATH": ("{name} died on {died}; nothing about them becomes true later.", "{name}已于{died}去世；此后不再有新的事实。"),
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
    "WITHDRAWN_ALREADY": ("Event {number} was withdrawn already (by event {by}).", "事件{number}已被事件{by}撤回。"),
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
}  # fmt: skip

SENTENCES: Mapping[str, tuple[str, str]] = {**HOUSEHOLD, **REQUEST, **POLICY, **CASE}
_MEANT = ("Did you mean {meant}?", "是否想写{meant}？")


class _Lenient(Formatter):
    """Fills a sentence; long values are cut, so that no input can flood a message."""

    def format_field(self, value: object, format_spec: str) -> str:
        text = str(value)
        formatted: str = super().format_field(text if len(text) <= 600 else text[:600] + "…", format_spec)
        return formatted


def sentence(code: str, lang: str, arguments: Mapping[str, object]) -> str:
    """The sentence of *code* in ``"zh"`` or ``"en"``, with the nearest right name where one is near."""
    index = 1 if lang == "zh" else 0
    text = _Lenient().vformat(SENTENCES[code][index], (), arguments)
    if arguments.get("meant"):
        separator = "" if lang == "zh" else " "
        text += separator + _Lenient().vformat(_MEANT[index], (), arguments)
    return text
