// The calculator of the page: a form made from the vocabulary, assessed in the page by rules.mjs. Nothing is sent.
import { about, assess, HouseholdError, RequestError } from "./rules.mjs";

const place = document.getElementById("hq-calculator"), lang = place.dataset.lang;
const T = (texts) => texts[lang];
const W = {
  en: { on: "Assessment date", family: "The household", member: "Member", add: "Add a member", remove: "Remove", none: "Not stated",
    income: "Incomes a month (yuan)", addIncome: "Add an income", noIncome: "Has no income", disability: "Disabilities",
    addDisability: "Add a disability", choices: "Readings and amendments", result: "Result", total: "Monthly total", yuan: "yuan",
    mend: "Please mend what is marked:", deductions: "Deductions", benefits: "Benefits", why: "The clauses behind it",
    notices: "To be known", whatif: "What if the first income were…", share: "Copy a link to this", copied: "The link is in the address bar and copied.",
    print: "Print", countable: "Countable income", persons: "counted members", standard: "standard", applied: "worked out as", remind: "An estimate, not a decision. Nothing leaves this page." },
  zh: { on: "评估日期", family: "家庭情况", member: "成员", add: "添加成员", remove: "删除", none: "未填写",
    income: "每月收入（元）", addIncome: "添加收入", noIncome: "没有收入", disability: "残疾情况",
    addDisability: "添加残疾", choices: "读法与叠加规则", result: "评估结果", total: "每月合计", yuan: "元",
    mend: "请更正以下内容：", deductions: "收入扣减", benefits: "救助金额", why: "依据条款",
    notices: "须知", whatif: "如果第一项收入变为……", share: "复制链接", copied: "链接已写入地址栏并复制。",
    print: "打印", countable: "核算后收入", persons: "名计入成员", standard: "低保标准", applied: "计算结果", remind: "仅供估算，不是审批决定。所填内容不离开本页。" },
}[lang];

function el(tag, props = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props))
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value); else if (value !== null) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

const example = { household: { id: "H", members: [{ id: "1", relationship: "applicant", birth_date: "1978-03-02", marital_status: "widowed",
  incomes: [{ kind: "wages", monthly: "2700.00" }] }, { id: "2", relationship: "child", birth_date: "2009-09-01", schooling: "primary" }] },
  on: "2019-05-01", readings: {}, overlays: [] };
/** What the address says: #q= and the JSON of {household, on, readings, overlays}, percent-encoded. */
function fromAddress() {
  try { return { ...example, ...JSON.parse(decodeURIComponent(location.hash.slice(3))) }; } catch { return structuredClone(example); }
}
let state = location.hash.startsWith("#q=") ? fromAddress() : structuredClone(example);

// --- the form ----------------------------------------------------------------------------------------------------

let fresh = 0;
function labelled(title, control, path) {
  control.id = "f" + fresh++;
  if (path) control.dataset.path = path;
  const fault = el("span", { class: "hq-fault", id: control.id + "-fault" });
  control.setAttribute("aria-describedby", fault.id);
  return el("p", { class: "hq-field" }, el("label", { for: control.id }, title), fault, control);
}
function select(codes, value, set, optional) {
  const made = el("select", { onchange: () => { set(made.value || undefined); update(); } });
  if (optional) made.append(el("option", { value: "" }, W.none));
  for (const [code, title] of Object.entries(codes)) made.append(el("option", { value: code }, T(title)));
  made.value = value ?? "";
  return made;
}
const input = (type, value, set) => {
  const made = el("input", { type, value: value ?? "", autocomplete: "off", ...(type === "text" ? { inputmode: "decimal" } : {}) });
  made.addEventListener("input", () => { set(made.value); update(); });
  return made;
};
function put(object, name, value) { if (value === undefined || value === "") delete object[name]; else object[name] = value; }
function tick(title, checked, set, path) {
  const made = el("input", { type: "checkbox", onchange: () => { set(made.checked); update(); } });
  made.checked = checked;
  made.id = "f" + fresh++;
  if (path) made.dataset.path = path;
  return el("p", { class: "hq-tick" }, made, el("label", { for: made.id }, title));
}
function records(member, name, here, blank, title, add) {
  const defs = about.member[name].fields, rows = member[name] ?? [];
  const box = el("fieldset", { "data-path": `${here}/${name}`, tabindex: "-1" }, el("legend", {}, title), el("span", { class: "hq-fault" }));
  rows.forEach((row, i) => {
    const line = el("div", { class: "hq-row" });
    for (const [field, def] of Object.entries(defs)) {
      const control = def.codes ? select(about.codes[def.codes], row[field], (v) => put(row, field, v))
        : field === "grade" ? select({ 1: { zh: "一级", en: "1" }, 2: { zh: "二级", en: "2" }, 3: { zh: "三级", en: "3" }, 4: { zh: "四级", en: "4" } }, row[field], (v) => { row[field] = +v; })
        : input("text", row[field], (v) => { row[field] = v; });
      line.append(labelled(T(def.title), control, `${here}/${name}/${i}/${field}`));
    }
    line.append(el("button", { type: "button", "aria-label": `${W.remove} ${title} ${i + 1}`, onclick: () => { rows.splice(i, 1); if (!rows.length) delete member[name]; draw(); } }, W.remove));
    box.append(line);
  });
  if (name === "incomes") box.append(tick(W.noIncome, member.incomes !== undefined && !rows.length, (on) => { if (on) member.incomes = []; else delete member.incomes; draw(); }));
  box.append(el("button", { type: "button", onclick: () => { (member[name] ??= []).push(structuredClone(blank)); draw(`${here}/${name}/${member[name].length - 1}`); } }, add));
  return box;
}
function memberForm(member, n) {
  const here = "/members/" + n, box = el("fieldset", { class: "hq-member" }, el("legend", {}, `${W.member} ${n + 1}`));
  for (const [name, def] of Object.entries(about.member)) {
    const at = `${here}/${name}`, set = (v) => put(member, name, v);
    if (name === "id") box.append(labelled(T(def.title), input("text", member.id, (v) => { member.id = v; }), at));
    else if (name === "incomes") box.append(records(member, name, here, { kind: "wages", monthly: "" }, W.income, W.addIncome));
    else if (name === "disabilities") box.append(records(member, name, here, { kind: "physical", grade: 1 }, W.disability, W.addDisability));
    else if (name === "illnesses") {
      const list = el("details", { "data-path": at }, el("summary", {}, T(def.title) + (member.illnesses ? ` (${member.illnesses.length})` : "")));
      for (const [code, title] of Object.entries(about.codes[def.codes])) list.append(tick(T(title), (member.illnesses ?? []).includes(code), (on) => {
        const kept = (member.illnesses ?? []).filter((c) => c !== code);
        set(on ? [...kept, code] : kept.length ? kept : undefined);
      }));
      box.append(list);
    } else if (name === "birth_date") box.append(labelled(T(def.title), input("date", member[name], set), at));
    else if (name === "parent") {
      const others = Object.fromEntries(state.household.members.filter((m) => m !== member).map((m) => [m.id, { zh: m.id, en: m.id }]));
      box.append(labelled(T(def.title), select(others, member.parent, set, true), at));
    } else if (def.codes) box.append(labelled(T(def.title), select(about.codes[def.codes], member[name], set, name !== "relationship"), at));
  }
  if (state.household.members.length > 1)
    box.append(el("button", { type: "button", "aria-label": `${W.remove} ${W.member} ${n + 1}`, onclick: () => { state.household.members.splice(n, 1); draw(); } }, W.remove));
  return box;
}
function draw(focus) {
  fresh = 0;
  const h = state.household, form = el("form", { novalidate: "", onsubmit: (e) => e.preventDefault() });
  form.append(labelled(W.on, input("date", state.on, (v) => { state.on = v; }), "on"), el("h2", {}, W.family));
  h.members.forEach((m, n) => form.append(memberForm(m, n)));
  form.append(el("button", { type: "button", onclick: () => {
    let n = h.members.length + 1;
    while (h.members.some((m) => m.id === String(n))) n++;
    h.members.push({ id: String(n), relationship: "child" });
    draw(`/members/${h.members.length - 1}/birth_date`);
  } }, W.add));
  for (const [name, def] of Object.entries(about.household)) if (name !== "id") form.append(tick(T(def.title), h[name] === true, (on) => put(h, name, on || undefined), "/" + name));
  const more = el("details", {}, el("summary", {}, W.choices));
  for (const [name, reading] of Object.entries(about.readings))
    more.append(labelled(T(reading.title), select(reading.choices, state.readings[name] ?? Object.keys(reading.choices)[0], (v) => { state.readings[name] = v; })));
  for (const [name, overlay] of Object.entries(about.overlays))
    more.append(tick(T(overlay.title), state.overlays.includes(name), (on) => { state.overlays = on ? [...state.overlays, name] : state.overlays.filter((o) => o !== name); }));
  form.append(more);
  place.replaceChildren(el("p", { class: "hq-remind" }, W.remind), form, el("section", { id: "hq-result", "aria-live": "polite", "aria-label": W.result }), el("section", { id: "hq-whatif" }), el("p", { class: "hq-actions" },
    el("button", { type: "button", onclick: share }, W.share), el("button", { type: "button", onclick: () => print() }, W.print), el("span", { role: "status", id: "hq-shared" })));
  update();
  if (focus) place.querySelector(`[data-path^="${focus}"]`)?.focus();
}
function share() {
  const { household, on, readings, overlays } = state;
  location.hash = "q=" + encodeURIComponent(JSON.stringify({ household, on, readings, overlays }));
  navigator.clipboard?.writeText(location.href).catch(() => {});
  document.getElementById("hq-shared").textContent = W.copied;
}

// --- the result --------------------------------------------------------------------------------------------------

const options = () => ({ readings: state.readings, overlays: state.overlays, lang });
function lines(title, rows) {
  if (!rows.length) return "";
  const table = el("table", {}, el("caption", {}, title));
  for (const row of rows) table.append(el("tr", {}, el("th", { scope: "row" }, T(about.rules[row.rule]) + (row.member ? ` (${row.member})` : "")), el("td", {}, `${row.amount} ${W.yuan}`)));
  return table;
}
function update() {
  const result = document.getElementById("hq-result");
  place.querySelectorAll(".hq-fault").forEach((f) => { f.textContent = ""; });
  place.querySelectorAll("[aria-invalid]").forEach((f) => f.removeAttribute("aria-invalid"));
  try {
    const a = assess(state.household, state.on, options());
    result.replaceChildren(el("h2", {}, W.result), el("p", { class: "hq-programme" }, T(about.codes.programme[a.programme])),
      el("p", { class: "hq-total" }, `${W.total} `, el("strong", { "data-figure": "monthly_total" }, a.monthly_total), ` ${W.yuan}`),
      el("p", {}, `${W.countable}: `, el("span", { "data-figure": "countable_income" }, a.countable_income), ` ${W.yuan} · ${a.counted_members} ${W.persons} × ${W.standard} ${a.standard} ${W.yuan}`),
      lines(W.deductions, a.deductions), lines(W.benefits, a.benefits));
    if (a.notices.length) result.append(el("h3", {}, W.notices), el("ul", {}, ...a.notices.map((n) => el("li", {}, n.message))));
    result.append(el("h3", {}, W.why));
    for (const c of a.citations) {
      const clause = el("details", {}, el("summary", {}, T(c.title)));
      for (const cite of c.cites) clause.append(el("p", {}, `《${cite.title}》${cite.place}`), cite.words ? el("blockquote", { lang: "zh" }, cite.words) : "");
      for (const p of c.parameters) clause.append(el("p", {}, `${p.parameter}: ${p.value} (${p.from})`));
      for (const t of a.trace) if (t.rule === c.rule && t.applied) clause.append(el("p", {}, `${W.applied}: ${t.member ? t.member + " " : ""}${t.value}`));
      result.append(clause);
    }
    whatIf();
  } catch (e) {
    document.getElementById("hq-whatif").replaceChildren();
    if (e instanceof RequestError) e.faults = [{ code: e.code, path: "on", say: (l) => e.say(l) }];
    else if (!(e instanceof HouseholdError)) throw e;
    const told = el("ul");
    for (const fault of e.faults) {
      const control = place.querySelector(`[data-path="${fault.path}"]`);
      const text = `${fault.say(lang)} [${fault.code}]`;
      if (control) {
        control.setAttribute("aria-invalid", "true");
        const beside = control.parentElement.querySelector(".hq-fault") && control.tagName !== "FIELDSET" ? control.parentElement.querySelector(".hq-fault") : control.querySelector(".hq-fault");
        if (beside) beside.textContent = text;
      }
      told.append(el("li", {}, text));
    }
    result.replaceChildren(el("h2", {}, W.result), el("p", {}, W.mend), told);
  }
}

// --- what if -----------------------------------------------------------------------------------------------------

function whatIf() {
  const box = document.getElementById("hq-whatif"), member = state.household.members.find((m) => m.incomes?.length);
  if (!member) return box.replaceChildren();
  const MOST = 8000, STEP = 20, copy = structuredClone(state.household);
  const income = copy.members.find((m) => m.incomes?.length).incomes[0];
  const total = (yuan) => { income.monthly = yuan; return +assess(copy, state.on, { ...options(), trace: false }).monthly_total; };
  const points = [];
  for (let x = 0; x <= MOST; x += STEP) points.push([x, total(x)]);
  const top = Math.max(100, ...points.map(([, y]) => y)), X = (x) => 40 + (x * 540) / MOST, Y = (y) => 190 - (y * 170) / top;
  const shape = points.map(([x, y], i) => `${i ? "L" : "M"}${X(x).toFixed(1)} ${Y(y).toFixed(1)}`).join("");
  const say = el("output", {}), slider = el("input", { type: "range", min: 0, max: MOST, step: STEP, id: "hq-slider" });
  slider.value = member.incomes[0].monthly;
  box.replaceChildren(el("h2", {}, el("label", { for: "hq-slider" }, W.whatif)), slider, el("p", {}, say));
  const chart = el("div", { class: "hq-chart" });
  chart.innerHTML = `<svg viewBox="0 0 600 215" role="img" aria-label="${W.total}"><path class="axis" d="M40 20V190H580"/><path class="line" d="${shape}"/><circle r="5"/><text x="36" y="24" text-anchor="end">${Math.round(top)}</text><text x="36" y="194" text-anchor="end">0</text><text x="580" y="208" text-anchor="end">${MOST} ${W.yuan}</text></svg>`;
  box.append(chart);
  const move = () => {
    const y = total(+slider.value), dot = chart.querySelector("circle");
    say.textContent = `${slider.value} ${W.yuan} → ${W.total} ${y.toFixed(2)} ${W.yuan}`;
    dot.setAttribute("cx", X(+slider.value)); dot.setAttribute("cy", Y(y));
  };
  slider.addEventListener("input", move);
  move();
}

addEventListener("hashchange", () => { if (location.hash.startsWith("#q=") && !document.getElementById("hq-shared")?.textContent) { state = fromAddress(); draw(); } });
draw();
