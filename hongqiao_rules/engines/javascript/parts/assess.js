// An assessment: put the facts into slots, run the rules, and write the results.

const NO_READINGS = Object.freeze({}), NO_OVERLAYS = Object.freeze([]);

class Assessment {
  #seed; #facts; #receipt;
  constructor(seed, facts) { this.#seed = seed; this.#facts = facts; }
  // Computed on first read, from the facts as they were stated at the time of the assessment.
  get receipt() { return (this.#receipt ??= receipt(this.#seed, this.#facts)); }
  toJSON() { return { ...this, receipt: this.receipt }; }
}

// The facts of a household in slots, or null if it may be invalid.
function take(household, on) {
  const f = { s: places(), on, ids: [], bits: [0], named: [], assumed: [], open: [] };
  return takeHousehold(household, f) && enter(f) ? f : null;
}
// The facts of a household that the fast path does not read: throws all faults, or reads its known fields.
function takeOrRefuse(household, on) {
  const faults = [], read = readHousehold(household, on, faults);
  if (faults.length) throw new HouseholdError(inOrder(faults, household));
  return take(read, on);
}
const assumable = [];
function assumedOf(n) { // the JSON pointers of the fields of member n, cached
  while (assumable.length <= n)
    assumable.push(Object.keys(MEMBER).map((name) => "/" + CONTAINED + "/" + assumable.length + "/" + name));
  return assumable[n];
}

function lines(steps, s, ids, gave, write) {
  const made = [];
  for (const step of steps) {
    const values = s[step.slot], rule = step.rules[0];
    if (!step.each) {
      if (values) { made.push(write(rule, null, values)); gave[step.number] = 1; }
    } else for (let n = 0; n < values.length; n++)
      if (values[n]) { made.push(write(rule, ids[n], values[n])); gave[step.number] = 1; }
  }
  return made;
}
const amount = (rule, member, value) => ({ rule, member, amount: yuan(value) });
const numbered = (rule, member, value) => ({ rule, member, amount: value });
const named = (rule, member) => ({ rule, member });
function noticesOf(rules, s, c, lang) {
  const told = [];
  for (const [run, k, { code, message, rule }] of rules.notices)
    if (run(s, k, c)) told.push({ code, message: textOf(message, lang), rule });
  return told;
}
// The citations of the rules that gave the figures and the list entries.
function citationsOf(rules, took, gave) {
  const cited = [];
  for (let i = 0; i < rules.citing.length; i++) {
    const { number, figure, cited: each } = rules.citing[i], line = gave[number] === 1;
    if (line && !(figure && took[number] === 0)) cited.push(each[0]);
    if (figure) cited.push(each[took[number]]);
  }
  return cited;
}
const counted = [];
function positions(n) { // the indices 0 to n - 1, cached
  while (counted.length <= n) counted.push(Array.from({ length: counted.length }, (_, i) => i));
  return counted[n];
}

/** Assesses a household on a date. The TypeScript declarations describe the arguments and the result. */
export function assess(household, on, options = {}) {
  const today = dayOf(on), lang = options.lang ?? "zh";
  catalogue(lang);
  const rules = compile(today, options.readings ?? NO_READINGS, options.overlays ?? NO_OVERLAYS);
  const facts = take(household, today) ?? takeOrRefuse(household, today), { s, ids } = facts;
  const steps = rules.steps, c = positions(ids.length), gave = new Array(steps.length).fill(0), took = gave.slice();
  const trace = options.trace === false ? null : [], texts = new Array(SIZE).fill(undefined);
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i], tried = step.run(s, step.k, c, ids, trace, texts);
    if (step.figure) took[i] = tried;
  }
  const made = new Assessment(rules.seed, facts);
  conclude(made, rules, facts, c, gave, lang);
  if (trace !== null) {
    made.citations = citationsOf(rules, took, gave);
    made.trace = trace;
  }
  return made;
}
