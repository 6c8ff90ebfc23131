// Every conclusion of a rulebook about any entity, from facts that are not checked.

/**
 * @param facts {root, ids, each, children}: facts by name in the form that rules read (money in fen, dates yyyymmdd, records as
 *   objects); for contained entities, columns; for a reference, the indices of the entities that refer to each entity.
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
