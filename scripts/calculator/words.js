// What the calculator says by itself; titles of fields, codes, rules and faults come from the rulebook.

const place = document.getElementById("hq-calculator"), lang = place.dataset.lang;
const T = (texts) => texts[lang];
const COLON = lang === "zh" ? "：" : ": ", COMMA = lang === "zh" ? "、" : ", ";
const aside = (text) => (lang === "zh" ? `（${text}）` : ` (${text})`);
const W = {
  en: {
    example: "An example is filled in: a widowed mother and her son at school.", clear: "Start with an empty form", refill: "Show the example", sure: "What you filled in will be lost. Go on?",
    on: "Assessment date", onHelp: "The rules and amounts in force on this day apply.", family: "The household", member: "Member",
    id: "Name or number", idHelp: "Only to tell people apart on this page.", add: "Add a member", remove: "Remove", none: "Not stated",
    more: "Illness, disability and other circumstances", income: "Monthly incomes", addIncome: "Add an income", noIncome: "Has no income",
    disability: "Disabilities", addDisability: "Add a disability", illness: "Major illnesses", about: "About the household",
    choices: "Readings and overlays", choicesHelp: "For texts that can be read in several ways or were amended. Leave as they are if in doubt.",
    grades: { 1: "Grade 1 (most severe)", 2: "Grade 2", 3: "Grade 3", 4: "Grade 4" }, later: (n) => (n === 1 ? "the next month" : `${n} months later`),
    result: "Result", total: "Monthly total", a_month: "yuan a month", needed: "Still needed", wrong: "There is a problem", first: "Fill in the form to see the result here.",
    income_line: "Monthly household income", countable: "Income after deductions", line: "persons × standard",
    notices: "Please note", others: "Services and visits", incomplete: "The rules for this question are known to be incomplete.",
    assumed: "What we assumed", why: "Clause by clause", whyHelp: "Each figure with its rule, the words it rests on, and the facts used.",
    rule: "The rule in full", used: "Value used", since: "from", gives: "Result", version: "Rulebook", receipt: "receipt", copy: { official: "official page", repost: "repost", copy: "copy", degraded: "degraded copy" },
    confidence: { high: "confidence high", medium: "confidence medium", low: "confidence low" }, basis: { attested: "attested in a document", inferred: "inferred from the documents", convention: "a convention", recalled: "no source found" },
    start: { inferred: "its first day is inferred", recalled: "no source was found for its first day", convention: "its first day is a convention" },
    told: {
      MISSING_FIELD: "Please fill this in.", BAD_MONEY: "This is not an amount: write yuan from 0 to 9999999, with two decimals at most and no commas, as in 2700.50.",
      INCOMES_NEEDED: "Needed of members from 16 on: add an income, or tick “Has no income”.",
    },
    yes: "yes", no: "no", whatif: "What if an income changed?", which: "Which income", slide: "Amount of that income", take: "Use this amount",
    becomes: (x, y) => `With ${x} yuan the household would have ${y} yuan a month.`, chart: "Monthly total by this income", steps: "Income thresholds",
    step: (x, a, b) => `At ${x} yuan: from ${a} to ${b}`, nosteps: "No thresholds in this range.", axis: "income, yuan a month", show: "Show result",
    share: "Copy a link to this", copied: "Link copied; it is also in the address bar. It contains what you filled in; nothing was sent.",
    print: "Print", stated: "As stated", remind: "An estimate, not a decision. What you enter stays in this tab; nothing is sent.",
  },
  zh: {
    example: "已填入一个例子：丧偶母亲和上学的儿子。", clear: "从空白表开始", refill: "填入例子", sure: "已填写的内容将会清除。要继续吗？",
    on: "核算日期", onHelp: "按这一天有效的规定和标准计算。", family: "家庭成员", member: "成员",
    id: "称呼或编号", idHelp: "只用于在本页区分家人。", add: "添加成员", remove: "删除", none: "未填写",
    more: "疾病、残疾和其他情况", income: "每月收入", addIncome: "添加收入", noIncome: "没有收入",
    disability: "残疾情况", addDisability: "添加残疾", illness: "重大疾病", about: "家庭情况",
    choices: "政策口径与补充方案", choicesHelp: "条文有几种理解或后来有补充方案的，可在此选择；不清楚的保持不变即可。",
    grades: { 1: "一级（最重）", 2: "二级", 3: "三级", 4: "四级" }, later: (n) => (n === 1 ? "次月" : `${n}个月后`),
    result: "核算结果", total: "每月合计", a_month: "元／月", needed: "还需填写", wrong: "填写有误", first: "填写后，结果显示在这里。",
    income_line: "家庭月收入", countable: "扣减后收入", line: "人 × 标准",
    notices: "须知", others: "服务与探视", incomplete: "已知本结果所依据的规则不完整。",
    assumed: "未填写、按默认处理的项目", why: "逐条说明", whyHelp: "每个数字所依据的规则、原文和所用的情况。",
    rule: "规则全文", used: "所用数值", since: "起", gives: "结果", version: "规则集版本", receipt: "校验码", copy: { official: "官方网页", repost: "转载", copy: "副本", degraded: "有缺损的副本" },
    confidence: { high: "可信度高", medium: "可信度中", low: "可信度低" }, basis: { attested: "有文件依据", inferred: "由文件推断", convention: "惯例", recalled: "未查到出处" },
    start: { inferred: "起始日为推断", recalled: "起始日未查到出处", convention: "起始日为惯例" },
    told: {
      MISSING_FIELD: "请填写此项。", BAD_MONEY: "这不是金额：请填写0到9999999元，最多两位小数，不加逗号，例如2700.50。",
      INCOMES_NEEDED: "年满16周岁的成员须填写收入：请添加收入，或勾选“没有收入”。",
    },
    yes: "是", no: "否", whatif: "如果某项收入变了呢？", which: "哪一项收入", slide: "该项收入的金额", take: "采用这个金额",
    becomes: (x, y) => `该项收入为${x}元时，全家每月合计${y}元。`, chart: "每月合计随该项收入的变化", steps: "收入临界点",
    step: (x, a, b) => `到${x}元时：由${a}元变为${b}元`, nosteps: "此范围内没有临界点。", axis: "该项收入（元／月）", show: "查看结果",
    share: "复制链接", copied: "链接已复制，也在地址栏中。链接里含有所填内容，没有发送给任何人。",
    print: "打印", stated: "所填情况", remind: "仅供估算，不是审批决定。全部在您的浏览器中计算，不上传任何信息。",
  },
}[lang];

function el(tag, props = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props))
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  made.append(...inside.filter((part) => part !== null));
  return made;
}
const button = (text, onclick, props = {}) => el("button", { type: "button", onclick, ...props }, text);
