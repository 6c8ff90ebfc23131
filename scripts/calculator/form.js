// The form, made from the vocabulary of the rulebook.

const MAIN = ["relationship", "birth_date", "marital_status", "schooling", "id", "incomes"];
const opened = new WeakMap(); // which members' further circumstances are shown
let fresh = 0;

// A control with its label, a line of help, and a place for its fault.
function labelled(title, control, path, help) {
  control.id = "hq" + fresh++;
  if (path) control.dataset.path = path;
  const fault = el("span", { class: "hq-fault", id: control.id + "-fault" });
  const said = help ? el("span", { class: "hq-help", id: control.id + "-help" }, help) : null;
  control.setAttribute("aria-describedby", (said ? said.id + " " : "") + fault.id);
  return el("div", { class: "hq-field" }, el("label", { for: control.id }, title), said, control, fault);
}
function select(choices, value, set, optional) {
  const made = el("select", { onchange: () => { set(made.value || undefined); update(); } });
  if (optional || (value !== undefined && !(value in choices)) || value === undefined) made.append(el("option", { value: "" }, W.none));
  for (const [code, title] of Object.entries(choices)) made.append(el("option", { value: code }, typeof title === "string" ? title : T(title)));
  made.value = value !== undefined && value in choices ? value : "";
  return made;
}
function input(type, value, set) {
  const money = type === "money";
  const made = el("input", { type: money ? "text" : type, value: value ?? "", autocomplete: "off", inputmode: money ? "decimal" : null, class: money ? "hq-money" : null });
  // An amount may have spaces around it, or the full-width digits of a Chinese keyboard.
  made.addEventListener("input", () => { set(money ? made.value.normalize("NFKC").trim() : made.value); update(); });
  return made;
}
function tick(title, checked, set, path) {
  const made = el("input", { type: "checkbox", id: "hq" + fresh++, "data-path": path, onchange: () => { set(made.checked); update(); } });
  made.checked = checked;
  const fault = path ? el("span", { class: "hq-fault", id: made.id + "-fault" }) : null;
  if (fault) made.setAttribute("aria-describedby", fault.id);
  return el("div", { class: "hq-tick" }, made, el("label", { for: made.id }, title), fault);
}
// A list of records: incomes, disabilities.
function records(member, name, here, blank, title, add) {
  const defs = about.member[name].fields, rows = Array.isArray(member[name]) ? member[name] : [], path = `${here}/${name}`;
  const fault = el("span", { class: "hq-fault", id: "hq" + fresh++ });
  const box = el("fieldset", { class: "hq-group", "data-path": path, tabindex: "-1", "aria-describedby": fault.id }, el("legend", {}, title), fault);
  rows.forEach((row, i) => {
    const line = el("div", { class: "hq-row", role: "group", "aria-label": `${title} ${i + 1}` });
    for (const [field, def] of Object.entries(defs)) {
      const control = def.codes ? select(about.codes[def.codes], row[field], (v) => put(row, field, v))
        : field === "grade" ? select(W.grades, row[field], (v) => put(row, field, v && +v))
        : input("money", row[field], (v) => { row[field] = v; });
      line.append(labelled(T(def.title), control, `${path}/${i}/${field}`));
    }
    line.append(button(W.remove, () => {
      rows.splice(i, 1);
      if (!rows.length) delete member[name];
      draw(() => place.querySelector(`[data-add="${path}"]`));
    }, { class: "hq-quiet", "aria-label": W.remove + COLON + `${title} ${i + 1}` }));
    box.append(line);
  });
  if (name === "incomes" && !rows.length)
    box.append(tick(W.noIncome, Array.isArray(member.incomes), (on) => { if (on) member.incomes = []; else delete member.incomes; }));
  box.append(button("+ " + add, () => {
    member[name] = [...rows, structuredClone(blank)];
    draw(() => place.querySelector(`[data-path^="${path}/${rows.length}/"]`));
  }, { class: "hq-plain", "data-add": path }));
  return box;
}
function illnesses(member, name, here, codes) {
  const fault = el("span", { class: "hq-fault", id: "hq" + fresh++ });
  const list = el("fieldset", { class: "hq-group", "data-path": `${here}/${name}`, tabindex: "-1", "aria-describedby": fault.id }, el("legend", {}, W.illness), fault);
  const grid = el("div", { class: "hq-grid" }), ticked = () => (Array.isArray(member[name]) ? member[name].filter((c) => c in about.codes[codes]) : []);
  for (const [code, title] of Object.entries(about.codes[codes])) grid.append(tick(T(title), ticked().includes(code), (on) => {
    const kept = ticked().filter((c) => c !== code);
    put(member, name, on ? [...kept, code] : kept.length ? kept : undefined);
  }));
  list.append(grid);
  return list;
}
// The members who may be the parent of a member, by name.
const parents = (member) => Object.fromEntries(state.household.members.filter((m) => m !== member).map((m) => [m.id, called(m.id)]));
// The name of a member. When it changes, the members that name it as their parent change too.
function named(member, at) {
  let children = [];
  const control = input("text", member.id, (v) => {
    member.id = v;
    for (const child of children) child.parent = v;
    state.household.members.forEach((m, n) => {
      const choice = place.querySelector(`[data-path="/members/${n}/parent"]`);
      choice.replaceChildren(...select(parents(m), m.parent, () => {}, true).childNodes);
      choice.value = m.parent ?? "";
    });
  });
  control.addEventListener("focus", () => { children = state.household.members.filter((m) => m !== member && m.parent && m.parent === member.id); });
  return labelled(W.id, control, at, W.idHelp);
}
function fieldOf(member, name, def, here) {
  const at = `${here}/${name}`, set = (v) => put(member, name, v);
  switch (name) {
    case "id": return named(member, at);
    case "birth_date": return labelled(T(def.title), input("date", member[name], set), at);
    case "incomes": return records(member, name, here, { kind: "wages", monthly: "" }, W.income, W.addIncome);
    case "disabilities": return records(member, name, here, { kind: "physical", grade: 1 }, W.disability, W.addDisability);
    case "illnesses": return illnesses(member, name, here, def.codes);
    case "parent": return labelled(T(def.title), select(parents(member), member.parent, set, true), at);
  }
  return def.codes ? labelled(T(def.title), select(about.codes[def.codes], member[name], set, name !== "relationship"), at) : null;
}
function memberForm(member, n) {
  const here = "/members/" + n, box = el("fieldset", { class: "hq-member", "data-path": here }, el("legend", {}, `${W.member} ${n + 1}`));
  const main = el("div", { class: "hq-fields" }), more = el("div", { class: "hq-fields" });
  for (const name of MAIN) main.append(fieldOf(member, name, about.member[name], here));
  const others = Object.keys(about.member).filter((name) => !MAIN.includes(name)).sort((a, b) => (b === "illnesses" || b === "disabilities") - (a === "illnesses" || a === "disabilities"));
  for (const name of others) { const field = fieldOf(member, name, about.member[name], here); if (field) more.append(field); }
  const stated = others.filter((name) => member[name] !== undefined).length;
  const fold = el("details", { class: "hq-more", open: opened.get(member) ?? stated > 0 }, el("summary", {}, W.more, stated ? el("span", { class: "hq-count" }, String(stated)) : null), more);
  fold.addEventListener("toggle", () => opened.set(member, fold.open));
  box.append(main, fold);
  if (state.household.members.length > 1) box.append(button(W.remove + COLON + `${W.member} ${n + 1}`, () => {
    state.household.members.splice(n, 1);
    for (const m of state.household.members) if (m.parent === member.id) delete m.parent;
    draw(() => place.querySelector("#hq-add"));
  }, { class: "hq-quiet" }));
  return box;
}
function addMember() {
  const { members } = state.household, applicant = members.find((m) => m.relationship === "applicant");
  let n = members.length + 1;
  while (members.some((m) => m.id === String(n))) n++;
  const spouse = applicant?.marital_status === "married" && !members.some((m) => m.relationship === "spouse");
  members.push({ id: String(n), relationship: spouse ? "spouse" : "child" });
  draw(() => place.querySelector(`[data-path="/members/${members.length - 1}/relationship"]`));
}
function start(blank) {
  if (shared === null && !confirm(W.sure)) return;
  state = blank ? BLANK() : structuredClone(EXAMPLE);
  isExample = !blank;
  shared = JSON.stringify(state);
  try { sessionStorage.removeItem(KEPT); } catch { /* nothing was kept */ }
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  draw(() => place.querySelector('[data-path="/members/0/birth_date"]'));
}
function form() {
  const h = state.household, made = el("form", { novalidate: true, "aria-label": W.family, onsubmit: (e) => e.preventDefault() });
  made.append(el("div", { class: "hq-start" }, isExample ? el("span", {}, W.example) : null, button(W.clear, () => start(true), { class: "hq-plain" }), isExample ? null : button(W.refill, () => start(false), { class: "hq-plain" })));
  made.append(labelled(W.on, input("date", state.on, (v) => { state.on = v; }), "on", W.onHelp));
  made.append(el("h2", { "data-path": "/members", tabindex: "-1" }, W.family), el("span", { class: "hq-fault", id: "hq-members-fault" }));
  h.members.forEach((m, n) => made.append(memberForm(m, n)));
  made.append(button("+ " + W.add, addMember, { class: "hq-main", id: "hq-add" }));
  const flags = el("fieldset", { class: "hq-group hq-flags" }, el("legend", {}, W.about));
  for (const [name, def] of Object.entries(about.household)) if (name !== "id") flags.append(tick(T(def.title), h[name] === true, (on) => put(h, name, on || undefined), "/" + name));
  made.append(flags);
  const more = el("details", { class: "hq-more", open: Object.keys(state.readings).length + state.overlays.length > 0 }, el("summary", {}, W.choices), el("p", { class: "hq-help" }, W.choicesHelp));
  for (const [name, overlay] of Object.entries(about.overlays))
    more.append(tick(T(overlay.title), state.overlays.includes(name), (on) => { state.overlays = Object.keys(about.overlays).filter((o) => (o === name ? on : state.overlays.includes(o))); }, "overlays"));
  const fault = el("span", { class: "hq-fault", id: "hq" + fresh++ }), known = () => Object.entries(state.readings).filter(([r]) => r in about.readings);
  const readings = el("div", { class: "hq-fields hq-wide", role: "group", "aria-label": W.choices, "data-path": "readings", tabindex: "-1", "aria-describedby": fault.id });
  for (const [name, reading] of Object.entries(about.readings))
    readings.append(labelled(T(reading.title), select(reading.choices, state.readings[name] ?? Object.keys(reading.choices)[0], (v) => { state.readings = { ...Object.fromEntries(known()), [name]: v }; }), "readings/" + name));
  more.append(fault, readings);
  made.append(more);
  return made;
}
