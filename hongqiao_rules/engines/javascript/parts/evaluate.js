// Every conclusion of a rulebook about anything, from facts that are taken as they are given: nothing is checked.

/**
 * @param facts {root, ids, each, children}: facts by name as rules take them (money in fen, dates yyyymmdd, records as
 *   objects); of the contained entities, columns; of a reference, the positions of those that point at each.
 * @returns {conclusions, notices, trace}: conclusions by name, those about contained entities as lists.
 */
export function evaluate(facts, on, { readings = {}, overlays = [] } = {}) {
  const rules = compile(on, readings, overlays), s = new Array(SIZE).fill(null);
  s[0] = on;
  for (const [name, slot] of Object.entries(FACTS)) s[slot] = facts.root[name] ?? facts.each[name] ?? facts.children[name] ?? null;
  const c = facts.ids.map((_, n) => n), trace = [], texts = [], conclusions = {};
  for (const step of rules.steps) {
    step.run(s, step.k, c, facts.ids, trace, texts);
    conclusions[NAMES[step.slot]] = s[step.slot];
  }
  const notices = rules.notices.filter(([run, k]) => run(s, k, c)).map(([, , notice]) => notice.code);
  return { conclusions, notices, trace };
}
