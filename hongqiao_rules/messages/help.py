"""The help of the command in Chinese: each English text of ``--help`` with its Chinese one."""

from __future__ import annotations

from collections.abc import Mapping

_CLICK = {
    "Options": "选项",
    "Commands": "命令",
    "OPTIONS": "选项",
    "COMMAND": "命令",
    "ARGS": "参数",
    "Show this message and exit.": "显示本说明后退出。",
    "Show the version and exit.": "显示版本后退出。",
}

_SHARED = {
    "Language of help and messages (中文：--lang zh).": "帮助和提示的语言（English: --lang en）。",
    "Language of statements and messages; with zh, of this help, too.": "说明和提示的语言；写明zh时，帮助也用中文。",
    "The assessment date.": "评估日期。",
    "How to read an open question.": "有多种读法之处采用哪一种。",
    "A named amendment to apply.": "采用所指名的叠加规则。",
    "A folder of policy files: with a rulebook file of its own it stands in place of the bundled policies, without one it is "
    "added to them. May be given several times.": "政策文件夹：有rulebook文件的，取代随附的政策；没有的，加入其中。可以多次使用。",
    "A folder of policy files.": "政策文件夹。",
}

_ROOT = {
    "Dibao, low-income relief and classified assistance of Hongqiao district, Tianjin, as rules.": "天津市红桥区低保、低收入救助和分类救助规则。",
    "Assess households as of a date.": "评估家庭在某一日的情况。",
    "Say what a household can come to of which not everything is known.": "情况不全时，说明一个家庭可能得到什么结果。",
    "Say why a household does not get something, and what would change it.": "说明一个家庭为何得不到某项，以及怎样才会得到。",
    "Say how far each stated figure is from turning the decision.": "说明所填的每个数字离改变决定还有多远。",
    "Show the monthly total as one amount varies, in exact pieces.": "某一金额变动时，每月合计如何变化（精确分段）。",
    "Open living cases, record events and see what follows.": "开立动态个案，记录事件，查看由此而来的变化。",
    "Assess, compare and sum up whole registers.": "整份名册的评估、比较和汇总。",
    "Judge a district and its communities by the standards of the plan.": "按规划的标准考核区和社区。",
    "Prove two rulebooks the same, or show where they differ.": "证明两套规则结果相同，或指出不同之处。",
    "List and show rules, parameters, sources, readings and overlays.": "列出和显示规则、参数、文件、读法和叠加规则。",
    "Check policy files and run their examples.": "检查政策文件并运行其例子。",
    "Show how every sentence of the plan is accounted for.": "显示规划的每一句话如何落实。",
    "Print a JSON Schema.": "打印JSON Schema。",
    "Write the rulebook out as JavaScript or JSON.": "把规则导出为JavaScript或JSON。",
}

_HOUSEHOLD = {
    "Assess the households of FILE (one in .json, a list in .json, one a line in .jsonl, - for standard input).": "评估FILE中的家庭（.json为一个或一列家庭，.jsonl每行一个，-为标准输入）。",
    "Every reading, and whether they agree.": "所有读法，以及结果是否一致。",
    "Trace and citations in the JSON.": "JSON中是否带推算过程和依据。",
    'Say what the household of FILE can come to, where fields in it are "unknown", and what to ask next.': "FILE中的家庭有“unknown”（未知）的项目时，说明可能得到什么结果，以及接下来该问什么。",
    "Say why the household of FILE does not get TARGET (a programme, a benefit or a deduction), and what would turn it.": "说明FILE中的家庭为何得不到TARGET（救助类别、救助金或扣减），以及怎样才会得到。",
    "Tell so many changes at most, those of fewest facts first.": "最多列出这么多种改变，涉及事实少的在前。",
    "Say how far each stated figure of the household of FILE is from turning the decision.": "说明FILE中的家庭所填的每个数字离改变决定还有多远。",
    "Show the monthly total of the household of FILE as one amount varies: pieces, rates, cliffs.": "某一金额变动时，显示FILE中的家庭每月合计的变化：分段、变化率、断崖。",
    "What varies: a JSON pointer to an amount, or 'incomes of' a member's id.": "变动的金额：JSON指针，或“incomes of”加成员编号。",
    "Up to which amount; by default the most that can be stated.": "到多大金额为止；默认为可填的最大金额。",
    "Draw it into this file, too (.png or .svg).": "并画成图，存入此文件（.png或.svg）。",
}

_CASE = {
    "Living cases: open one, record what happens, and see what follows.\n\nFILE is a file of events, one a line, or a database "
    "(.db, .sqlite) of many cases, of which --case names one.": "动态个案：开立个案，记录发生的事，查看由此而来的变化。\n\nFILE是每行一个事件的文件，或有许多个案的数据库（.db、.sqlite），由 --case 指名其中一个。",
    "Show what each event changed, and through which rules.": "显示每个事件改变了什么，经由哪些规则。",
    "The case; a database holds many, a file one.": "个案；一个数据库有许多个案，一个文件只有一个。",
    "Open a case, with a whole household where one is given.": "开立个案；给出家庭的，以整个家庭开始。",
    "A household to begin with.": "开立时的家庭。",
    "From when the household is as it is stated.": "家庭情况自何日起如此。",
    "When that became known; as --since where it is not given.": "何日得知；没有给出的，与 --since 相同。",
    "Show month by month what was paid, what was due, and what is owed or was overpaid.": "逐月显示已发、应发、应补发和多发的金额。",
    "Show month by month what was paid, due and owed.": "逐月显示已发、应发和应补发的金额。",
    "The first month.": "起始月份。",
    "The last month.": "截止月份。",
    'What was really paid, as a JSON object of months: {"2019-05": "1440.00"}; a month not in it was paid nothing. Without it '
    "every month was paid by the decision of the time.": '实际发放的金额，写作月份的JSON对象：{"2019-05": "1440.00"}；其中没有的月份，视为没有发放。不给出的，每月按当时的决定发放。',
    "Record the events of EVENTS (one a line as JSON; - is standard input); at the first refused one, stop.": "记录EVENTS中的事件（每行一个JSON；-为标准输入）；遇到被拒绝的事件即停止。",
    "Record events.": "记录事件。",
    "Force each event to the disk.": "每个事件都立即写入磁盘。",
    "Show the decision of a day.": "显示某一日的决定。",
    "By what was known on that day.": "按该日已知的情况。",
    "Show the changes that are already known to come, with the amount from then on.": "显示已知将来会发生的变化，以及此后的金额。",
    "Show the changes already known to come.": "显示已知将来会发生的变化。",
    "The last day looked at.": "看到何日为止。",
    "From when; the day of the last event where it is not given.": "自何日起；没有给出的，自最后一个事件之日起。",
}

_POPULATION = {
    "Assess every household of HOUSEHOLDS (.parquet with members inside, or flat .parquet/.csv with --members).": "评估HOUSEHOLDS中的每个家庭（成员在内的.parquet，或用 --members 给出成员表的.parquet/.csv）。",
    "Assess every household of a register.": "评估名册中的每个家庭。",
    "Where results go, a row a household (.parquet or .csv).": "结果存入何处，每户一行（.parquet或.csv）。",
    "Where refused rows go; by default beside the output.": "被拒绝的行存入何处；默认在结果旁边。",
    "Where deductions, benefits and entries go, a row each; by default nowhere.": "扣减、救助金和登记事项存入何处，每项一行；默认不存。",
    "Go on from where an interrupted run stopped.": "从中断之处继续运行。",
    "Exit with status 0 even where rows were refused.": "有行被拒绝时，退出状态仍为0。",
    "Of CSV, such as gb18030.": "CSV的编码，例如gb18030。",
    "How columns and codes are called; see `template`.": "列名和代码的对照文件；见template命令。",
    "The flat table of members; without it they stand inside households.": "成员表；没有给出的，成员在家庭之内。",
    "Compare two dates, readings, overlays or registers; what is not given for the second run is as in the first.": "比较两个日期、读法、叠加规则或名册；第二次没有给出的，与第一次相同。",
    "Compare two dates, readings, overlays or registers.": "比较两个日期、读法、叠加规则或名册。",
    "The assessment date of the first run.": "第一次的评估日期。",
    "The date of the second run; by default the same.": "第二次的日期；默认与第一次相同。",
    "Readings of the second run.": "第二次的读法。",
    "Overlays of the second run.": "第二次的叠加规则。",
    "The register of the second run, such as this month's.": "第二次的名册，例如本月的。",
    "Its flat table of members.": "其成员表。",
    "Where the changes go, a row a household (.parquet or .csv).": "变化存入何处，每户一行（.parquet或.csv）。",
    "Where a picture goes (.png or .svg); needs the extra plots.": "图存入何处（.png或.svg）；需要plots附加组件。",
    "Write the ledgers of HOUSEHOLDS: who is registered, served or referred, class by class, with the reason.": "为HOUSEHOLDS建立台帐：登记、服务或转介的人，分类列出，并写明理由。",
    "Write ledgers: who is registered, served, referred.": "建立台帐：登记、服务、转介的人。",
    "The day of the ledgers.": "台帐的日期。",
    "The folder that the ledgers go to, a table a class.": "台帐存入的文件夹，每类一张表。",
    "The folder of last month's ledgers, to write the difference from.": "上月台帐所在的文件夹，用来写出变动。",
    "Sum up a register: counts, spending by rule, spread, and households near a line.": "汇总名册：户数、各项规则的支出、分布、临近标准线的家庭。",
    "Sum up a register: counts, spending, spread.": "汇总名册：户数、支出、分布。",
    "Yuan within which a line is near.": "距标准线多少元以内算临近。",
    "Make a synthetic register of Hongqiao; no real household is in it.": "生成红桥区的模拟名册；其中没有真实家庭。",
    "Make a synthetic register of Hongqiao.": "生成红桥区的模拟名册。",
    "How many.": "多少户。",
    "The same seed makes the same register.": "种子相同，生成的名册相同。",
    "Ages and standard of this day.": "按这一天的年龄和标准。",
    "Where it goes (.parquet).": "存入何处（.parquet）。",
    "Print the figures it is made by, and whether each is sourced or chosen.": "打印生成所依据的数字，以及各自是有出处还是自行选定。",
    "Print a mapping file for a register with Chinese headers.": "打印中文表头的名册的对照文件样本。",
}

_POLICIES = {
    "Judge the district of FILE (JSON, - for standard input): each standard met, short by how much, or not known.": "考核FILE中的区（JSON，-为标准输入）：每项标准是否达到、差多少，或情况不明。",
    "The day on which they have to hold.": "标准应达到的日期。",
    "Prove that two rulebooks give every household the same, or show households for which they do not.\n\nThe second differs from "
    "the first by its date, its readings, its overlays or its policies (--other-…).": "证明两套规则对每个家庭的结果都相同，或给出结果不同的家庭。\n\n第二套与第一套的区别在于日期、读法、叠加规则或政策（--other-…）。",
    "The date of the first.": "第一套的日期。",
    "The date of the second, where it is another.": "第二套的日期（不同时给出）。",
    "Look at households of up to so many members.": "考察不超过这么多成员的家庭。",
    "How the first reads an open question.": "第一套采用的读法。",
    "A named amendment to the first.": "第一套采用的叠加规则。",
    "A folder of policy files for the first.": "第一套的政策文件夹。",
    "How the second reads an open question.": "第二套采用的读法。",
    "A named amendment to the second.": "第二套采用的叠加规则。",
    "A folder of policy files for the second.": "第二套的政策文件夹。",
    "List rules, parameters, readings, overlays, properties and sources, or show those that are named.": "列出规则、参数、读法、叠加规则、性质和文件，或显示所指名的。",
    "Only what is in force on this date.": "只显示该日施行的。",
    "Check the policy files of FOLDERS (the bundled ones where none is named) and run their examples.\n\nWith --prove, prove what "
    "they claim of every household, or show the smallest for which it fails. With --mutate, see how strong the examples are: what "
    "would they not notice? Exit status 2 where there is anything.": "检查FOLDERS中的政策文件（没有指名的，检查随附的），并运行其例子。\n\n用 --prove 证明它们对每个家庭的断言，或给出不成立的最小家庭。用 --mutate 检验例子够不够：有什么改动是例子察觉不到的？有任何问题时退出状态为2。",
    "Prove what the policies claim of every household (needs the extra proofs).": "证明政策对每个家庭的断言（需要proofs附加组件）。",
    "With --prove: only this property. May be given several times.": "与 --prove 合用：只证明这一性质。可以多次使用。",
    "With --prove: only the period between two changes in which this day lies.": "与 --prove 合用：只看该日所在的两次变动之间的时期。",
    "With --prove: under this overlay, instead of without any and under each by itself.": "与 --prove 合用：只在此叠加规则之下，而不是不叠加和逐个叠加。",
    "With --prove: only this choice of a reading, instead of every combination.": "与 --prove 合用：只用读法的这一选项，而不是所有组合。",
    "Change each rule a little and say which changes no example or case notices.": "把每条规则略作改动，指出哪些改动没有例子或案例察觉。",
    "With --mutate: cases that notice, too, one JSON object a line.": "与 --mutate 合用：也用来察觉的案例，每行一个JSON对象。",
    "With --mutate: only changes of this kind, such as figure or boundary.": "与 --mutate 合用：只作这一类改动，例如figure或boundary。",
    "With --prove or --mutate: households of up to so many members.  [default: 8 with --prove, 3 with --mutate]": "与 --prove 或 --mutate 合用：不超过这么多成员的家庭。[默认：--prove为8，--mutate为3]",
    "With --prove: how long in all; with --mutate: for each change.  [default: 120 with --prove, 60 with --mutate]": "与 --prove 合用：总时长；与 --mutate 合用：每处改动的时长（秒）。[默认：--prove为120，--mutate为60]",
    "Show how every sentence of the plan is accounted for, or check that against a text of it.": "显示规划的每一句话如何落实，或与规划文本核对。",
    "A text of the plan (UTF-8): every sentence and every quotation is checked against it.": "规划文本（UTF-8）：逐句、逐条引文与之核对。",
    "Print the JSON Schema of a household, an assessment, a district, an exported rulebook or a policy file.": "打印家庭、评估结果、区、导出的规则或政策文件的JSON Schema。",
    "Write the rulebook out for places without Python.\n\nAs javascript, one module without dependencies that assesses a household, "
    "for every date, reading and overlay; as json, one document of all that is in the rulebook: rules with their expressions as "
    "trees, values by date, sources, readings, codes.": "把规则导出到没有Python的地方使用。\n\njavascript：一个没有依赖的模块，可按任何日期、读法和叠加规则评估家庭。json：一份包含全部规则的文档：表达式树、按日期的数值、文件、读法、代码。",
    "Write to this file, and of a module its types beside it.": "写入此文件；模块的类型文件写在旁边。",
    "The rulebook of the standards of communities.": "社区标准的规则。",
}

HELP: Mapping[str, str] = {**_CLICK, **_SHARED, **_ROOT, **_HOUSEHOLD, **_CASE, **_POPULATION, **_POLICIES}
"""English to Chinese; a whole text with its paragraphs is one key."""
