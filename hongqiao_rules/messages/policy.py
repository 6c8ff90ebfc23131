"""What can be wrong with policy files and the expressions in them. Each code with its sentence in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

POLICY: Mapping[str, tuple[str, str]] = {
    "POLICY_NO_FILES": ("There are no policy files in {folder}.", "{folder}中没有规则文件。"),
    "POLICY_UNREADABLE": ("The file cannot be read: {problem}.", "文件无法读取：{problem}。"),
    "POLICY_NOT_UTF8": (
        "The file is not UTF-8 text; save it as UTF-8.",
        "文件不是UTF-8文本；请另存为UTF-8。",
    ),
    "POLICY_TOO_LARGE": (
        "A policy file may be no larger than {limit} bytes; one rule or one family of rules goes into a file.",
        "规则文件不得超过{limit}字节；一个文件放一条或一组规则。",
    ),
    "POLICY_TOO_DEEP": (
        "A policy file may be nested no deeper than {limit}.",
        "规则文件嵌套不得超过{limit}层。",
    ),
    "POLICY_NOT_YAML": ("This is not YAML: {problem}.", "不是合法的YAML：{problem}。"),
    "POLICY_EMPTY": ("The file is empty.", "文件是空的。"),
    "POLICY_SEVERAL_DOCUMENTS": (
        "A file holds one document; remove the `---`.",
        "一个文件只放一份文档；请去掉“---”。",
    ),
    "POLICY_ALIAS": (
        "Anchors and aliases are not read; write the value out.",
        "不读取锚点和引用；请把值写出来。",
    ),
    "POLICY_TAG": ("The tag {tag} is not read; write a plain value.", "不读取标签{tag}；请写普通的值。"),
    "POLICY_KEY_NOT_TEXT": ("A key has to be plain text.", "键必须是普通文本。"),
    "POLICY_DUPLICATE_KEY": ("The key {key} stands already in line {first}.", "键{key}已在第{first}行出现。"),
    "POLICY_NO_VALUE": (
        "{name} has no value; write one or leave the key out.",
        "{name}没有值；请填写或去掉这个键。",
    ),
    "POLICY_FLOAT": (
        'A bare decimal number may not be exact; write it in quotes: "{value}".',
        '裸小数可能不精确；请加引号写成"{value}"。',
    ),
    "POLICY_NUMBER_TOO_LARGE": ("The number {value} is too large.", "数字{value}太大。"),
    "POLICY_NOT_A_MAPPING": ("A policy file is a mapping of keys to values.", "规则文件应为键值映射。"),
    "POLICY_UNKNOWN_KIND": (
        "A policy file begins with the key that says what it is: {kinds}; {name} is none of them.",
        "规则文件的第一个键说明它的种类：{kinds}；{name}不在其中。",
    ),
    "POLICY_UNKNOWN_KEY": (
        "There is no key {name} here; known are {known}.",
        "此处没有键{name}；可用的有{known}。",
    ),
    "POLICY_MISSING_KEY": ("The key {name} is missing here.", "此处缺少键{name}。"),
    "POLICY_BAD_DATE": ("{value} is not a date; write YYYY-MM-DD.", "{value}不是日期；请写成YYYY-MM-DD。"),
    "POLICY_UNKNOWN_WORD": (
        "{value} is not known here; write one of {known}.",
        "此处不能写{value}；可写{known}。",
    ),
    "POLICY_BAD_NAME": (
        "{value} is not a name; rules and parameters are written small-with-hyphens, facts and codes small_with_underscores.",
        "{value}不是合格的名称；规则和参数用小写加连字符，事实和代码用小写加下划线。",
    ),
    "POLICY_TOO_FEW": ("{name} has to have {wanted}.", "{name}须有{wanted}。"),
    "POLICY_WRONG_TYPE": ("{name} should be {wanted}.", "{name}应为{wanted}。"),
    "POLICY_BAD_VALUE": (
        '{value} is no {type}: money is whole yuan or text such as "313.50", no more than {most}, a share is 30% or 3/10, codes are a list without repetition.',
        '{value}不是{type}：金额写整数元或"313.50"，不超过{most}，比例写30%或3/10，代码写不重复的列表。',
    ),
    "POLICY_BAD_RANGE": ("This range is empty or wider than {limit}.", "范围为空或超出{limit}。"),
    "POLICY_FACT_SHAPE": (
        "{fact} is of type {type}: the key {needed} goes with other types, or is needed here.",
        "{fact}的类型是{type}：键{needed}不适用或缺少。",
    ),
    "POLICY_ENDS_BEFORE_START": (
        "This period ends before it starts ({start}).",
        "终止日早于起始日（{start}）。",
    ),
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
    "POLICY_LINE_NOT_MONEY": (
        "The rule {rule} stands in a list of amounts, so it has to give money.",
        "规则{rule}在金额列表中，必须给出金额。",
    ),
    "POLICY_LINE_NOT_NUMBER": (
        "The rule {rule} stands in a list of numbers, so it has to give a number.",
        "规则{rule}在数量列表中，必须给出数量。",
    ),
    "POLICY_ENTRY_WITH_VALUE": (
        "The rule {rule} stands in a list of entries without amounts: it has conditions and no `value`.",
        "规则{rule}在没有金额的列表中：只写条件，不写 value。",
    ),
    "POLICY_TYPES_DIFFER": (
        "The versions of {name} give different types: {types}.",
        "{name}的各版本类型不同：{types}。",
    ),
    "POLICY_NAME_TAKEN": (
        "{name} is already the name of a fact or a parameter.",
        "{name}已是事实或参数的名称。",
    ),
    "POLICY_CYCLE": (
        "These conclusions wait for each other: {cycle}; let one of them rest on something else.",
        "这些结论相互依赖：{cycle}；请让其中之一改为依据其他内容。",
    ),
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
    "POLICY_PARAMETER_UNUSED": (
        "Nothing uses the parameter {name}, so it changes nothing; name it in a rule, or give it the id of the one that it replaces.",
        "没有任何地方用到参数{name}，它不起作用；请在规则中使用它，或写上它所替换的参数的id。",
    ),
    "POLICY_READING_UNUSED": (
        "Nothing depends on the reading {name}; bind versions to its choices by `under`, or ask for it by reading('{name}').",
        "没有任何结果取决于读法{name}；请用 under 把版本绑定到它的选项，或用 reading('{name}') 询问。",
    ),
    "POLICY_TOO_MANY_CONDITIONS": (
        "The rule {rule} has more than {limit} conditions; let some of them be a rule of their own.",
        "规则{rule}的条件超过{limit}个；请把其中一部分另立规则。",
    ),
    "POLICY_TOO_MANY_RULES": (
        "More than {limit} rules settle {name}; let some of them settle a conclusion of their own.",
        "确定{name}的规则超过{limit}条；请让其中一部分另行得出结论。",
    ),
    "POLICY_NEEDS_ROUNDING": (
        "The result of {rule} need not be whole fen (it is a multiple of 1/{scale} fen); declare a `rounding`.",
        "{rule}的结果不一定是整分（为1/{scale}分的倍数）；请写明 rounding。",
    ),
    "POLICY_ROUNDING_TYPE": (
        "A {type} is not rounded to {to}: money is rounded to fen or yuan, a number to whole, nothing else is rounded.",
        "{type}不能取整到{to}：金额取整到fen或yuan，数字取整到whole，其他不取整。",
    ),
    "POLICY_OVERFLOW": (
        "With the declared ranges the rule {rule} may exceed {largest}, the largest whole number that is exact here; narrow the ranges of what it reads (`most`).",
        "按声明的范围，规则{rule}可能超出{largest}，即此处能精确表示的最大整数；请缩小它所用事实的范围（most）。",
    ),
    "POLICY_DIVISION_BY_ZERO": (
        "The rule {rule} may divide by zero; divide by max(1, …).",
        "规则{rule}可能除以零；请写成除以 max(1, …)。",
    ),
    "POLICY_OTHER_VOCABULARY": (
        "This rulebook cannot assess a household: it has to declare the facts, figures and lists of the bundled one, and {what} is different.",
        "这个规则集不能评估家庭：它须声明与随附规则集相同的事实、指标和列表，而{what}不同。",
    ),
    "PROPERTY_ONE_FORM": (
        "The property {name} has to claim one thing, by one of these keys: {known}.",
        "性质{name}须恰好断言一件事，写下列键之一：{known}。",
    ),
    "PROPERTY_KEY": (
        "{name} does not go with {form}; it belongs to {known}.",
        "{name}不能与{form}一起使用；它用于{known}。",
    ),
    "PROPERTY_NOT_AN_AMOUNT": (
        "An amount or a number is needed here, not {type}.",
        "此处应为金额或数字，而不是{type}。",
    ),
    "PROPERTY_CANNOT_RISE": (
        "{name} is no fact that can rise; those that can are {known}.",
        "{name}不是可以增加的事实；可以增加的有{known}。",
    ),
    "PROPERTY_UNKNOWN_FACT": (
        "{name} is no fact that a result could be independent of; known are {known}.",
        "没有可以断言与之无关的事实{name}；可用的有{known}。",
    ),
    "PROPERTY_UNKNOWN_RESULT": (
        "{name} is no list, and no conclusion about the whole, of which this can be claimed.",
        "{name}不是列表，也不是可以这样断言的整体结论。",
    ),
    "POLICY_EXAMPLE_REFUSED": ("The example is refused: {problem}", "例子被拒绝：{problem}"),
    "POLICY_EXAMPLE_UNKNOWN_FIELD": (
        "An assessment has no {name}; expect one of its fields or a figure of the rulebook: {known}.",
        "评估结果中没有{name}；可写评估结果的字段或规则集的指标：{known}。",
    ),
    "POLICY_EXAMPLE_FAILS": (
        "The example gives {field} = {found}, not {expected}.",
        "例子得出{field} = {found}，而不是{expected}。",
    ),
    "EXPRESSION_SYNTAX": ("This expression cannot be read: {problem}.", "表达式无法读取：{problem}。"),
    "EXPRESSION_TOO_LONG": (
        "An expression may have no more than {limit} characters.",
        "表达式不得超过{limit}个字符。",
    ),
    "EXPRESSION_NOT_ALLOWED": ("{what} is not part of the rule language.", "规则语言中没有{what}。"),
    "EXPRESSION_CHAINED": (
        "Comparisons are not chained; write a < b and b < c.",
        "比较不得连写；请写成 a < b and b < c。",
    ),
    "EXPRESSION_LITERAL": (
        "The figure {value} has no source here; make it a parameter and cite where it comes from.",
        "数字{value}在此没有出处；请写成参数并注明来源。",
    ),
    "EXPRESSION_NOT_TRUTH": ("A condition is needed here, not {type}.", "此处应为条件，而不是{type}。"),
    "EXPRESSION_TYPES": (
        "{left} and {right} do not go together here: {why}.",
        "{left}与{right}在此不能一起使用：{why}。",
    ),
    "EXPRESSION_UNKNOWN_NAME": ("The name {name} is not known here.", "此处没有名称{name}。"),
    "EXPRESSION_UNKNOWN_CODE": ("{value} is not a code of {list}.", "{value}不是{list}的代码。"),
    "EXPRESSION_OF_WHOM": (
        "{name} is said of each {entity}; say of which, as in any(x.{name} for x in …).",
        "{name}是对每个{entity}而言的；请写明是谁的，例如 any(x.{name} for x in …)。",
    ),
    "EXPRESSION_LOOP_ITSELF": (
        "{name} stands for a whole entity; name one of its facts, as in {name}.age.",
        "{name}代表整个实体；请写它的某项事实，例如{name}.age。",
    ),
    "EXPRESSION_NAME_TAKEN": (
        "{name} already means something here; call the loop's variable otherwise.",
        "{name}在此已有含义；请换一个循环变量名。",
    ),
    "EXPRESSION_NOT_A_LIST": ("{name} is not a list to run over.", "{name}不是可以遍历的列表。"),
    "EXPRESSION_ARGUMENTS": (
        "{function} is not called like this; it is written {form}.",
        "{function}的写法不对；应写成 {form}。",
    ),
    "EXPRESSION_DIVISION": (
        "A division is only the outermost step of a rule that says how it is rounded; a comparison multiplies: not a / b < c, but a < c * b.",
        "除法只能是写明取整方式的规则的最外一步；比较时请用乘法：不写 a / b < c，写 a < c * b。",
    ),
}
