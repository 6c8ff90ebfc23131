// The result: the programme and the total, the sum as a bill, and the statement clause by clause.

const NEEDED = new Set(["MISSING_FIELD", "TOO_FEW", ...about.needed]);
const yuanOf = (amount) => fill(W.yuan, { amount });
// The title of a rule under the chosen overlays.
const ruleTitle = (id) => state.overlays.map((name) => about.overlays[name].rules?.[id]).find(Boolean) ?? about.rules[id];
const who = (row) => T(ruleTitle(row.rule)) + (row.member ? aside(called(row.member)) : "");

// A sentence of the rulebook with the titles of overlays in place of their ids.
const withTitles = (text) => Object.entries(about.overlays).reduce((said, [id, { title }]) => said.replace(fill(W.overlay_id, { id }), fill(W.overlay_title, { title: T(title) })), text);

function bill(a) {
  const line = (title, amount, kind, figure) => el("tr", { class: kind }, el("th", { scope: "row" }, title), el("td", { "data-figure": figure }, amount));
  const body = el("tbody", {}, line(W.income_line, a.income, null, "income"));
  for (const row of a.deductions) body.append(line(who(row), "−" + row.amount, "hq-less"));
  body.append(line(W.countable, a.countable_income, "hq-sum", "countable_income"));
  const drawn = (rule) => a.trace.find((entry) => entry.rule === rule)?.value;
  body.append(line(T(ruleTitle("dibao-line")) + aside(`${a.counted_members} ${W.line} ${a.standard}`), drawn("dibao-line"), null, "dibao_line"));
  if (a.programme !== "dibao") body.append(line(T(ruleTitle("low-income-line")), drawn("low-income-line"), null, "low_income_line"));
  for (const row of a.benefits) body.append(line(who(row), row.amount, "hq-gain"));
  body.append(line(W.total, a.monthly_total, "hq-sum hq-end"));
  return el("table", { class: "hq-bill" }, el("caption", { class: "hq-hidden" }, W.result), body);
}
// The title of a place in the household.
function placeTitle(pointer) {
  const [, first, number, name] = pointer.split("/");
  return first === "members" ? called(state.household.members[+number]?.id) + COLON + T(about.member[name].title) : T(about.household[first].title);
}
function assumed(a) {
  const groups = new Map();
  for (const pointer of a.assumed) {
    const [, first, number, name] = pointer.split("/"), key = first === "members" ? called(state.household.members[+number].id) : W.about;
    groups.set(key, [...(groups.get(key) ?? []), T((first === "members" ? about.member[name] : about.household[first]).title)]);
  }
  const list = el("ul", {});
  for (const [key, titles] of groups) list.append(el("li", {}, el("strong", {}, key + COLON), titles.join(COMMA)));
  return el("details", { class: "hq-more" }, el("summary", {}, W.assumed, el("span", { class: "hq-count" }, String(a.assumed.length))), list);
}

// --- clause by clause ------------------------------------------------------------------------------------------------

const later = (months) => (months === 1 ? W.next_month : fill(W.months_later, { months }));
function shownCode(name, value) {
  const codes = name === "programme" ? name : (about.member[name] ?? about.parameters[name])?.codes;
  return codes && about.codes[codes][value] ? T(about.codes[codes][value]) : String(value);
}
function shownValue(name, value) {
  if (Array.isArray(value)) return value.length ? value.map((v) => shownValue(name, v)).join(COMMA) : "—";
  if (value === null || value === undefined) return "—";
  if (typeof value === "boolean") return value ? W.yes : W.no;
  if (typeof value === "object") {
    const fields = about.member[name]?.fields ?? {};
    return Object.entries(value).map(([field, v]) => (fields[field]?.codes ? T(about.codes[fields[field].codes][v]) : field === "grade" ? W.grades[v] : v)).join(" ");
  }
  return typeof value === "string" ? shownCode(name, value) : String(value);
}
function labelOf(label) {
  const name = label.replace(/^members\./, ""), id = name.replaceAll("_", "-");
  const title = name === "on" ? W.on : name === "programme" ? W.result
    : T(about.member[name]?.title ?? about.household[name]?.title ?? ruleTitle(id) ?? about.parameters[id] ?? { zh: name, en: name });
  return title;
}
// The facts that a rule read; with the names of the members if they are facts of members.
function shownLooked(label, value) {
  const name = label.replace(/^members\./, ""), { members } = state.household;
  if ((name === label && about.member[name]) || !Array.isArray(value) || value.length !== members.length) return shownValue(name, value);
  return value.map((v, n) => called(members[n].id) + COLON + shownValue(name, v)).join(SEMICOLON);
}
function citedAt(cite) { // the document, the place in it, and the quality of the copy
  return el("p", { class: "hq-cite" }, fill(W.cited, { title: T(about.sources[cite.source]) }), el("span", { lang: "zh" }, cite.place), aside(W.copy[cite.copy_quality]));
}
function usedValue(p) { // a value of a parameter, its first day, and its sources
  const shown = el("dd", {}, shownValue(p.parameter, p.value) + aside(fill(W.since, { day: p.from })));
  for (const cite of p.cites) {
    if (cite.words) shown.append(el("blockquote", { lang: "zh" }, cite.words));
    shown.append(citedAt(cite));
  }
  const known = [p.basis === "attested" ? null : W.basis[p.basis], W.start[p.start_basis], p.confidence === "high" ? null : W.confidence[p.confidence]].filter(Boolean);
  if (known.length) shown.append(el("p", { class: "hq-cite" }, known.join(" · ")));
  return shown;
}
function clause(citation, entries) {
  const box = el("details", { class: "hq-clause" });
  const applied = entries.filter((entry) => entry.applied), amounts = applied.map((entry) => typeof entry.value === "number" && entry.rule.endsWith("-paid-from") ? later(entry.value) : shownValue("programme", entry.value));
  box.append(el("summary", {}, el("span", {}, T(citation.title)), el("span", { class: "hq-amount" }, amounts.join(" + "))));
  for (const cite of citation.cites) {
    if (cite.words) box.append(el("blockquote", { lang: "zh" }, cite.words));
    box.append(citedAt(cite));
  }
  box.append(el("p", { class: "hq-cite" }, `${W.basis[citation.basis]} · ${W.confidence[citation.confidence]} · `, el("a", { href: `${place.dataset.rules}${citation.rule}/` }, W.rule)));
  const facts = el("dl", {});
  for (const p of citation.parameters) facts.append(el("dt", {}, W.used + COLON + T(about.parameters[p.parameter] ?? { zh: p.parameter, en: p.parameter })), usedValue(p));
  for (const entry of applied) {
    if (entry.member) facts.append(el("dt", { class: "hq-who" }, called(entry.member)), el("dd", {}, W.gives + COLON + shownValue(entry.rule, entry.value)));
    for (const [label, value] of Object.entries(entry.looked_at))
      if (!citation.parameters.some((p) => p.parameter === label.replaceAll("_", "-"))) facts.append(el("dt", {}, labelOf(label)), el("dd", {}, shownLooked(label, value)));
  }
  if (facts.childNodes.length) box.append(facts);
  return box;
}
function statement(a) {
  const box = el("section", { class: "hq-why", "aria-labelledby": "hq-why-title" }, el("h2", { id: "hq-why-title" }, W.why), el("p", { class: "hq-help" }, W.whyHelp));
  for (const citation of a.citations) box.append(clause(citation, a.trace.filter((entry) => entry.rule === citation.rule)));
  return box;
}
// The stated facts and chosen readings as text, with version and receipt: for print, where the form is hidden.
function stated(a) {
  const box = el("section", { class: "hq-stated" }, el("h2", {}, W.stated), el("p", {}, W.on + COLON + state.on));
  for (const m of state.household.members) {
    const said = Object.keys(m).filter((name) => name !== "id" && about.member[name]).map((name) => T(about.member[name].title) + COLON + (name === "parent" ? called(m.parent) : shownValue(name, m[name])));
    box.append(el("p", {}, el("strong", {}, called(m.id) + COLON), said.join(SEMICOLON)));
  }
  const flags = Object.keys(about.household).filter((name) => state.household[name] === true).map((name) => T(about.household[name].title));
  if (flags.length) box.append(el("p", {}, el("strong", {}, W.about + COLON), flags.join(COMMA)));
  const chosen = Object.entries(about.readings).filter(([name, { choices }]) => a.readings[name] !== Object.keys(choices)[0]).map(([name, { title, choices }]) => T(title) + COLON + T(choices[a.readings[name]]));
  chosen.unshift(...a.overlays.map((name) => T(about.overlays[name].title)));
  if (chosen.length) box.append(el("p", {}, el("strong", {}, W.choices + COLON), chosen.join(SEMICOLON)));
  box.append(el("p", { class: "hq-cite" }, `${W.version} ${a.policy_version} · ${W.receipt} ${a.receipt}`));
  return box;
}

// --- faults ----------------------------------------------------------------------------------------------------------

function clearFaults() {
  place.querySelectorAll(".hq-fault").forEach((f) => { f.textContent = ""; f.classList.remove("hq-needed"); });
  place.querySelectorAll("[aria-invalid]").forEach((f) => f.removeAttribute("aria-invalid"));
}
// The place of a refused question in the form.
function requestPath(code) {
  if (code.includes("OVERLAY")) return "overlays";
  if (code === "UNKNOWN_READING") return "readings";
  return code === "UNKNOWN_CHOICE" ? "readings/" + Object.keys(state.readings).find((name) => !(state.readings[name] in about.readings[name].choices)) : "on";
}
// Shows each fault at its field. Missing values are shown less prominently than invalid ones.
function showFaults(faults) {
  const needed = el("ul", {}), wrong = el("ul", {});
  for (const fault of faults) {
    const empty = document.getElementById((place.querySelector(`[data-path="${CSS.escape(fault.path)}"]`) ?? {}).id || "-")?.value === "";
    const quiet = NEEDED.has(fault.code) || (empty && (fault.code === "BAD_MONEY" || fault.code === "BAD_ASSESSMENT_DATE"));
    let control = place.querySelector(`[data-path="${CSS.escape(fault.path)}"]`);
    for (let path = fault.path; !control && path; ) { path = path.slice(0, path.lastIndexOf("/")); control = place.querySelector(`[data-path="${CSS.escape(path)}"]`); }
    const text = `${W.told[fault.code] ?? fault.say(lang)} [${fault.code}]`;
    if (control) {
      if (!quiet && control.matches("input, select")) control.setAttribute("aria-invalid", "true");
      const ids = (control.getAttribute("aria-describedby") ?? "hq-members-fault").split(" ");
      const beside = document.getElementById(ids[ids.length - 1]);
      if (beside && !beside.textContent) { beside.textContent = text; beside.classList.toggle("hq-needed", quiet); }
    }
    const [, first, number, name] = fault.path.split("/");
    const where = first === "members" && about.member[name] ? placeTitle(`/members/${number}/${name}`) : fault.path === "on" ? W.on : "";
    const go = () => { for (let up = control; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true; control?.focus(); };
    (quiet ? needed : wrong).append(el("li", {}, where && control ? button(where, go, { class: "hq-link" }) : "", where && control ? " " : "", quiet ? "" : text));
  }
  const parts = [];
  if (wrong.childNodes.length) parts.push(el("div", { class: "hq-box hq-bad" }, el("h3", {}, W.wrong), wrong));
  if (needed.childNodes.length) parts.push(el("div", { class: "hq-box" }, el("h3", {}, W.needed), needed));
  return parts;
}
