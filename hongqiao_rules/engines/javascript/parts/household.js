// Rules across the fields of a household: derived defaults and input checks.

const REFERENCES = Object.entries(MEMBER).filter(([, def]) => def.kind === "reference");
const inputsOf = (on) => INPUTS.find((period) => on <= period.end) ?? INPUTS[INPUTS.length - 1];
const does = ({ run, k }, s, c) => run(s, k, c);
function childrenOf(pointing) { // for each member, the indices of the members that refer to it
  const children = pointing.map(() => []);
  for (let n = 0; n < pointing.length; n++) if (pointing[n] >= 0) children[pointing[n]].push(n);
  return children;
}

// Takes the derived defaults of a household that the fast path has read. Returns false if it may be invalid.
function enter(f) {
  const { s, ids } = f, c = positions(ids.length), { defaults, refused } = inputsOf(f.on), pointing = [], held = [];
  for (let n = 1; n < ids.length; n++) if (ids.indexOf(ids[n]) < n) return false;
  s[0] = f.on;
  for (const [, { slot }] of REFERENCES) {
    const column = (f.named[slot] = s[slot]), at = (pointing[slot] = new Array(ids.length).fill(-1));
    for (let n = 0; n < ids.length; n++) {
      if (column[n] === null) continue;
      at[n] = ids.indexOf(column[n]);
      if (at[n] < 0 || at[n] === n) return false;
    }
    s[slot] = childrenOf(at);
  }
  for (const d of defaults) {
    const gone = s[ABSENT + d.slot];
    if (!(d.each ? gone.includes(true) : gone)) continue;
    const taken = (held[d.number + (d.each ? 64 : 0)] = does(d.taken, s, c));
    if (!d.each) { if (taken) s[d.slot] = d.value; continue; }
    const at = pointing[d.slot], named = d.names === undefined ? -1 : does(d.names, s, c).indexOf(true);
    for (let n = 0; n < ids.length; n++) if (gone[n] && taken[n]) d.names === undefined ? (s[d.slot][n] = d.value) : (at[n] = named);
    if (d.names !== undefined) s[d.slot] = childrenOf(at);
  }
  let passed = false;
  for (let i = 0; i < f.open.length; i += 3) {
    const n = f.open[i + 1], number = f.open[i + 2];
    if (n < 0 ? held[number] : held[number + 64][n]) f.assumed[f.open[i]] = n < 0 ? "/" + Object.keys(HOUSEHOLD)[number] : assumedOf(n)[number];
    else passed = true;
  }
  if (passed) f.assumed = f.assumed.filter((path) => path !== null);
  return !does(refused, s, c);
}

// A stated value in the form that rules read, or null if it is invalid.
function readable(def, value) {
  const items = (take) => (Array.isArray(value) && value.length <= def.most ? list(value, def.most, take) : null);
  switch (def.kind) {
    case "text": case "reference": return typeof value === "string" ? value : null;
    case "code": return def.codes.includes(value) ? value : null;
    case "truth": return typeof value === "boolean" ? value : null;
    case "date": return dateOf(value);
    case "money": return fenOf(value, def.least, def.most, def.size);
    case "number": return whole(value, def.least, def.most) ? value : null;
    case "codes": return items((item) => (def.codes.includes(item) ? item : null));
  }
  return items((item) => {
    if (!isObject(item) || Object.keys(item).length !== Object.keys(def.fields).length) return null;
    const read = {};
    for (const name in def.fields) if (!own(item, name) || (read[name] = readable(def.fields[name], item[name])) === null) return null;
    return read;
  });
}
// The state of a household that may be invalid: each fact, the truth that it could be read, the truth that it is absent.
function sketch(household, members, on) {
  const s = new Array(SIZE).fill(null);
  s[0] = on; s[KNOWN] = true;
  const look = (def, one, name) => {
    const gone = one !== null && (!own(one, name) || one[name] === undefined);
    const found = gone ? (def.default ?? null) : one === null ? null : readable(def, one[name]);
    return [found, gone ? !def.required : found !== null, gone];
  };
  for (const name in HOUSEHOLD) {
    const def = HOUSEHOLD[name];
    [s[def.slot], s[KNOWN + def.slot], s[ABSENT + def.slot]] = look(def, household, name);
  }
  for (const name in MEMBER) {
    const def = MEMBER[name], rows = members.map((m) => look(def, m, name));
    [def.slot, KNOWN + def.slot, ABSENT + def.slot].forEach((slot, part) => { s[slot] = rows.map((row) => row[part]); });
  }
  return s;
}
// Reports the faults between fields. A member is null if it is not an object; listed is null if there is no list of members.
function together(household, listed, on, faults) {
  const members = listed ?? [], s = sketch(household, members, on), c = positions(members.length), pointing = [];
  const told = (code, path, args) => faults.push(fault(code, path, args));
  const place = (n, name) => "/" + CONTAINED + (name === null ? "" : "/" + n + "/" + name);
  const structural = (defs, column, path) => {
    const ids = defs.id === undefined ? [] : column(defs.id.slot), first = new Map();
    ids.forEach((id, n) => { if (id !== null && !first.has(id)) first.set(id, n); });
    for (const name in defs) {
      const { kind, slot } = defs[name], reference = kind === "reference";
      if (kind !== "text" && !reference) continue;
      if (reference) pointing[slot] = ids.map(() => -1);
      column(slot).forEach((value, n) => {
        const tell = (code, args) => told(code, path(n, name), args);
        if (value === "unknown") tell("UNKNOWN_VALUE");
        else if (value === null) return;
        else if (reference && !first.has(value)) tell("PARENT_NOT_A_MEMBER", { name: value, meant: nearest(value, [...first.keys()]) });
        else if (reference && first.get(value) === n) tell("PARENT_OF_ITSELF");
        else if (name === "id" && first.get(value) !== n) tell("DUPLICATE_ID", { name: value });
        if (reference && first.has(value)) pointing[slot][n] = first.get(value);
      });
    }
  };
  structural(HOUSEHOLD, (slot) => [s[slot]], (_, name) => "/" + name);
  structural(MEMBER, (slot) => s[slot], place);
  if (listed === null) return;
  const { defaults, checks } = inputsOf(on);
  const link = () => REFERENCES.forEach(([, { slot }]) => { s[slot] = childrenOf(pointing[slot]); });
  for (const d of defaults) {
    link();
    const each = (held) => (d.each ? held : [held]), gone = each(s[ABSENT + d.slot]);
    const sure = each(does(d.sure, s, c)), never = each(does(d.never, s, c));
    const named = d.named === undefined ? -1 : does(d.named, s, c).indexOf(true);
    gone.forEach((absent, n) => {
      if (!absent) return;
      if (sure[n] && d.named !== undefined) pointing[d.slot][n] = named;
      else if (sure[n]) d.each ? (s[d.slot][n] = d.value) : (s[d.slot] = d.value);
      else if (!never[n]) d.each ? (s[KNOWN + d.slot][n] = false) : (s[KNOWN + d.slot] = false);
    });
  }
  link();
  for (const check of checks) {
    const { code, form, each, field, slot, relation, child, blanks, holds } = check;
    const tell = (n, path) => {
      const one = each ? members[n] : household, args = { on: day(on) };
      for (const name of blanks) args[name] = own(one, name) ? one[name] : "";
      told(code, path, args);
    };
    const at = (n) => (each ? place(n, field) : "/" + field), found = does(holds, s, c);
    if (form === "at_least_one") { if (found) told(code, place(0, null), { on: day(on) }); continue; }
    const numbers = (Array.isArray(found) ? found : [found]).flatMap((held, n) => (held ? [n] : []));
    if (relation !== null) {
      const children = s[relation];
      for (const n of numbers) for (const other of children[n]) {
        s[relation] = children.map((_, m) => (m === n ? [other] : []));
        if (does(holds, s, c)[n]) tell(n, at(child ? other : n));
      }
      s[relation] = children;
      continue;
    }
    for (const n of form === "at_most_one" ? numbers.slice(1) : numbers) {
      tell(n, at(n));
      if (slot !== null) each ? (s[KNOWN + slot][n] = false) : (s[KNOWN + slot] = false);
    }
  }
}
function inOrder(faults, value) {
  const unique = new Map();
  for (const f of faults) unique.set(f.code + " " + f.path, f);
  const place = (path) => {
    let at = value;
    return path.split("/").slice(1).map((raw) => {
      const name = raw.replaceAll("~1", "/").replaceAll("~0", "~");
      if (Array.isArray(at)) { at = at[name]; return +name; }
      const number = isObject(at) ? Object.keys(at).indexOf(name) : -1;
      at = isObject(at) ? at[name] : undefined;
      return number < 0 ? 1e6 : number;
    });
  };
  const rows = [...unique.values()].map((f) => [f, place(f.path)]);
  rows.sort(([, a], [, b]) => {
    for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i] - b[i];
    return a.length - b.length;
  });
  return rows.map(([f]) => f);
}

/** The faults of a household in document order; an empty list if it is valid. */
export function check(household, on) {
  const faults = [];
  readHousehold(household, dayOf(on), faults);
  return inOrder(faults, household);
}
// Reads every field and adds all faults. Returns the household with its known fields only.
function readHousehold(value, on, faults) {
  const root = readObject(HOUSEHOLD, value, "", faults, CONTAINED === null ? [] : [CONTAINED]);
  if (root === undefined) return null;
  const listed = CONTAINED === null ? NOTHING : value[CONTAINED];
  let members = [];
  if (CONTAINED !== null && (!own(value, CONTAINED) || listed === undefined)) faults.push(fault("MISSING_FIELD", "/" + CONTAINED, { name: CONTAINED }));
  else if (!Array.isArray(listed)) readField({ kind: "list" }, listed, "/" + CONTAINED, CONTAINED, faults);
  else {
    if (listed.length < LEAST) faults.push(fault("TOO_FEW", "/" + CONTAINED, { limit: LEAST }));
    if (listed.length > MOST) faults.push(fault("TOO_MANY", "/" + CONTAINED, { limit: MOST }));
    members = listed.slice(0, MOST).map((m, number) => readObject(MEMBER, m, "/" + CONTAINED + "/" + number, faults));
  }
  if (faults.length && tooDeep(value)) { faults.length = 0; faults.push(fault("TOO_DEEP", "", { limit: 20 })); return null; }
  const at = new Set(faults.map((f) => f.path)), more = [], few = Array.isArray(listed) && listed.length <= 1000;
  together(value, few ? listed.map((m) => (isObject(m) ? m : null)) : null, on, more);
  for (const f of more) if (!at.has(f.path)) faults.push(f);
  return CONTAINED === null ? root : { ...root, [CONTAINED]: members };
}
