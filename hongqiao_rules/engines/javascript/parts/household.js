// How the fields of a household go together, and what follows where one was not stated.

const ADULT = 180000, EARNING = 160000; // years and a birthday, as the difference of two dates yyyymmdd

// What is taken for a field without a default of its own, or undefined where nothing needs to be taken.
const FOLLOWS = {
  parent: (relationship) => (relationship === "child" ? null : undefined), // the applicant
  marital_status: (_, birth, on) => (on - birth < ADULT ? "never_married" : undefined),
};

// Tells what does not go together. A member is null where it is no object; a field of it undefined where it was not
// stated and null where it cannot be read, a birth undefined in both cases. Returns each member's parent by position.
function together(household, members, births, on, faults) {
  const told = (code, path, args) => faults.push(fault(code, path, args));
  const parents = new Array(members.length).fill(-1);
  let applicant = -1, readable = true, spouses = 0;
  const byId = new Map();
  for (let n = 0; n < members.length; n++) {
    const m = members[n];
    if (typeof m?.relationship !== "string") readable = false;
    else if (m.relationship === "applicant" && applicant < 0) applicant = n;
    if (typeof m?.id === "string" && !byId.has(m.id)) byId.set(m.id, n);
  }
  if (applicant < 0 && readable) told("NO_APPLICANT", "/members");
  for (let n = 0; n < members.length; n++) {
    const m = members[n];
    if (m === null) continue;
    if (m.parent === undefined) parents[n] = m.relationship === "child" ? applicant : -1;
    else if (typeof m.parent === "string") parents[n] = byId.get(m.parent) ?? -1;
  }
  if (household.id === "unknown") told("UNKNOWN_VALUE", "/id");
  for (let n = 0; n < members.length; n++) {
    const m = members[n], parent = parents[n], birth = births[n];
    if (m === null) continue;
    const tell = (code, name, args) => told(code, "/members/" + n + "/" + name, args);
    if (m.relationship === "applicant") {
      if (n !== applicant) tell("SEVERAL_APPLICANTS", "relationship");
      if (typeof m.absence === "string" && m.absence !== "none") tell("APPLICANT_NOT_COUNTED", "absence");
    } else if (m.relationship === "spouse") {
      if (spouses++) tell("SEVERAL_SPOUSES", "relationship");
      if (applicant >= 0) {
        const s = members[applicant].marital_status, born = births[applicant];
        const may = s === undefined ? born === undefined || on - born >= ADULT : s === null || s === "married";
        if (!may) tell("SPOUSE_OF_UNMARRIED", "relationship");
      }
    }
    if (m.id === "unknown") tell("UNKNOWN_VALUE", "id");
    else if (typeof m.id === "string" && byId.get(m.id) !== n) tell("DUPLICATE_ID", "id", { name: m.id });
    if (m.parent === "unknown") tell("UNKNOWN_VALUE", "parent");
    else if (typeof m.parent === "string" && !byId.has(m.parent))
      tell("PARENT_NOT_A_MEMBER", "parent", { name: m.parent, meant: nearest(m.parent, [...byId.keys()]) });
    else if (parent === n) tell("PARENT_OF_ITSELF", "parent");
    else if (parent >= 0 && births[parent] !== undefined && birth !== undefined && births[parent] > birth)
      tell("PARENT_YOUNGER", "parent", { id: members[parent].id });
    if (birth === undefined) continue;
    const lived = on - birth;
    if (lived < 0) tell("BORN_LATER", "birth_date", { on: day(on) });
    if (m.marital_status === undefined && lived >= ADULT && (n === applicant || parents.includes(n)))
      tell("MARITAL_STATUS_NEEDED", "marital_status");
    if (m.incomes === undefined && lived >= EARNING && (m.absence === undefined || m.absence === "none"))
      tell("INCOMES_NEEDED", "incomes");
  }
  return parents;
}

// What can be read of a member in which something may be wrong.
function sketch(value) {
  if (!isObject(value)) return null;
  const member = {};
  for (const name of ["id", "parent", "relationship", "marital_status", "absence"]) {
    const stated = own(value, name) ? value[name] : undefined, def = MEMBER[name];
    const readable = typeof stated === "string" && (def.kind !== "code" || def.codes.includes(stated));
    member[name] = stated === undefined || readable ? stated : null;
  }
  member.incomes = own(value, "incomes") && value.incomes !== undefined ? null : undefined;
  return member;
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

/** Everything that is wrong with a household, in the order of the document; an empty list where it is right. */
export function check(household, on) {
  const faults = [];
  readHousehold(household, dayOf(on), faults);
  return inOrder(faults, household);
}
// Looks at everything and tells all that is wrong. Where nothing is, returns the household with its known fields alone.
function readHousehold(value, on, faults) {
  const root = readObject(HOUSEHOLD, value, "", faults, [CONTAINED]);
  if (root === undefined) return null;
  const listed = value[CONTAINED];
  let members = [];
  if (!own(value, CONTAINED) || listed === undefined) faults.push(fault("MISSING_FIELD", "/" + CONTAINED, { name: CONTAINED }));
  else if (!Array.isArray(listed)) readField({ kind: "list" }, listed, "/" + CONTAINED, CONTAINED, faults);
  else {
    if (listed.length < LEAST) faults.push(fault("TOO_FEW", "/" + CONTAINED, { limit: LEAST }));
    if (listed.length > MOST) faults.push(fault("TOO_MANY", "/" + CONTAINED, { limit: MOST }));
    members = listed.slice(0, MOST).map((m, number) => readObject(MEMBER, m, "/" + CONTAINED + "/" + number, faults));
  }
  if (faults.length && tooDeep(value)) { faults.length = 0; faults.push(fault("TOO_DEEP", "", { limit: 20 })); return null; }
  const at = new Set(faults.map((f) => f.path)), more = [];
  if (Array.isArray(listed) && listed.length && listed.length <= 1000)
    together(value, listed.map(sketch), listed.map((_, n) => dateOf(members[n]?.birth_date) ?? undefined), on, more);
  else if (value.id === "unknown") more.push(fault("UNKNOWN_VALUE", "/id"));
  for (const f of more) if (!at.has(f.path)) faults.push(f);
  return { ...root, [CONTAINED]: members };
}
