// The rules of a date under readings and overlays, compiled once and cached.

function freeze(value) {
  if (typeof value === "object" && value !== null) { Object.values(value).forEach(freeze); Object.freeze(value); }
  return value;
}
const citations = [];
const cite = (number) => {
  const [at, words] = CITES[number], [source, place] = PLACES[at], [title, , copy_quality] = SOURCES[source];
  return { source, title, place, words, copy_quality };
};
function citation(number) {
  if (citations[number] === undefined) {
    const [at, cites, parameters] = CITATIONS[number], [, rule, zh, en, basis, confidence] = RULES[at];
    citations[number] = freeze({ rule, title: { zh, en }, basis, confidence, cites: cites.map(cite),
      parameters: parameters.map((n) => ({ ...VALUES[n], cites: VALUES[n].cites.map(cite) })) });
  }
  return citations[number];
}
const compiled = new Map();
let latest = null;
function again(rules, on, readings, overlays) { // true if these rules are those of the request
  if (on < rules.start || on > rules.end || overlays.length !== rules.overlays.length) return false;
  for (const name in readings) if (readings[name] !== rules.asked[name]) return false;
  for (const name in rules.asked) if (readings[name] === undefined) return false;
  for (let i = 0; i < overlays.length; i++) if (overlays[i] !== rules.overlays[i]) return false;
  return true;
}
function compile(on, readings, overlays) {
  if (latest !== null && again(latest, on, readings, overlays)) return latest;
  for (const name in readings) {
    const known = Object.keys(READINGS);
    if (!own(READINGS, name)) throw new RequestError("UNKNOWN_READING", { name, known, meant: nearest(name, known) });
    const choices = READINGS[name], choice = readings[name];
    if (!choices.includes(choice)) throw new RequestError("UNKNOWN_CHOICE", { name, choice, known: choices, meant: nearest(choice, choices) });
  }
  const named = Object.keys(OVERLAYS);
  for (const name of overlays)
    if (!own(OVERLAYS, name)) throw new RequestError("UNKNOWN_OVERLAY", { name, known: named, meant: nearest(name, named) });
  for (const [i, name] of overlays.entries())
    if (overlays.indexOf(name) !== i) throw new RequestError("OVERLAY_TWICE", { name });
  if (on < MODELLED_FROM) throw new RequestError("NOT_MODELLED", { on: day(on), start: day(MODELLED_FROM), sentence: NOT_MODELLED });
  for (const name of overlays) {
    const { start, end } = OVERLAYS[name];
    if (on < start || on > end) throw new RequestError("OVERLAY_NOT_IN_FORCE", { name, on: day(on), start: day(start) });
  }
  const combination = named.filter((name) => overlays.includes(name)).join(" ");
  if (!own(PLANS, combination)) throw new RequestError("OVERLAYS_CONFLICT", { one: overlays[0], other: overlays[1], rule: "" });
  const chosen = {};
  for (const name in READINGS) chosen[name] = readings[name] ?? READINGS[name][0];
  const plan = PLANS[combination].find((p) => on >= p.start && on <= p.end);
  const key = combination + "|" + plan.start + "|" + Object.values(chosen).join(" ") + "|" + overlays.join(" ");
  let made = compiled.get(key);
  if (made === undefined) {
    const pick = (number) => {
      const [names, table] = TAKEN[number];
      if (table === undefined) return names; // no reading matters
      return table[names.map((n) => chosen[n]).join(" ")] ?? null;
    };
    const steps = plan.conclusions.map(pick).filter((v) => v !== null).map((v, number) => {
      const [about, run, k, cited, order] = VARIANTS[v], rules = cited.map((c) => RULES[CITATIONS[c][0]][1]);
      return { ...CONCLUSIONS[about], number, run: RUN[run], k: freeze(k), cited: cited.map(citation), rules, order };
    });
    const inOrder = (a, b) => a.order - b.order || (a.rules[0] < b.rules[0] ? -1 : a.rules[0] > b.rules[0] ? 1 : a.slot - b.slot);
    made = {
      start: plan.start, end: plan.end, steps, citing: steps.filter((step) => step.figure || step.list !== null), chosen: freeze(chosen), overlays: freeze([...overlays]),
      lists: Object.fromEntries(Object.keys(LISTS).map((name) => [name, steps.filter((step) => step.list === name).sort(inOrder)])),
      notices: plan.notices.map(pick).filter((v) => v !== null).map(([run, k, notice]) => [RUN[run], k, NOTICES[notice]]),
      complete: overlays.every((name) => OVERLAYS[name].complete),
      seed: JSON.stringify([DIGEST, Object.entries(chosen).sort(([a], [b]) => (a < b ? -1 : 1)), overlays]),
    };
    compiled.set(key, made);
  }
  return (latest = { ...made, asked: { ...readings } });
}
