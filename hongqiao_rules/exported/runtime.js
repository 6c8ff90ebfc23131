// What does not depend on the rules: amounts, dates, loops, checks at the border, and the writing of an assessment.
// Money is whole fen everywhere; every division is of a whole multiple, and so exact.

const quotient = (a, b) => (a - (a % b)) / b; // of a >= 0 and b > 0

function rounded(numerator, denominator, step, way) {
  const unit = denominator * step, size = Math.abs(numerator);
  const steps = way === "half-up" ? quotient(2 * size + unit, 2 * unit)
    : way === "up" ? quotient(size + unit - 1, unit) : quotient(size, unit);
  return numerator >= 0 ? steps * step : 0 - steps * step;
}
const years = (start, end) =>
  end >= start ? quotient(end - start, 10000) : 0 - quotient(start - end + 9999, 10000);
function any(items, of) { for (let i = 0; i < items.length; i++) if (of(items[i])) return true; return false; }
function all(items, of) { for (let i = 0; i < items.length; i++) if (!of(items[i])) return false; return true; }
function count(items, of) { let n = 0; for (let i = 0; i < items.length; i++) if (of(items[i])) n++; return n; }
function sum(items, of) { let n = 0; for (let i = 0; i < items.length; i++) n += of(items[i]); return n; }
function largest(items, of) {
  let most = null;
  for (let i = 0; i < items.length; i++) {
    const value = of(items[i]);
    if (value !== null && (most === null || value > most)) most = value;
  }
  return most === null ? 0 : most;
}
const two = (n) => (n < 10 ? "0" + n : "" + n);
function yuan(fen) { return fen < 0 ? "-" + yuan(-fen) : quotient(fen, 100) + "." + two(fen % 100); }
const days = new Map();
function day(n) {
  let text = days.get(n);
  if (text === undefined) {
    text = String(quotient(n, 10000)).padStart(4, "0") + "-" + two(quotient(n, 100) % 100) + "-" + two(n % 100);
    if (days.size > 20000) days.clear();
    days.set(n, text);
  }
  return text;
}

const entry = (rule, member, applied, value, failed, looked_at) => ({ rule, member, applied, value, failed, looked_at });

// --- messages --------------------------------------------------------------------------------------------------

const clip = (value) => { const t = [...String(value)]; return t.length <= 600 ? t.join("") : t.slice(0, 600).join("") + "…"; };
const fill = (text, args) =>
  text.replace(/\{\{|\}\}|\{(\w+)\}/g, (whole, name) => (name === undefined ? whole[0] : clip(args[name])));
function sentence(code, lang, args) {
  const at = lang === "zh" ? 1 : 0;
  const text = fill(SENTENCES[code][at], args);
  return args.meant ? text + (at ? "" : " ") + fill(MEANT[at], args) : text;
}

function matched(a, b) { // how many characters match, as Ratcliff and Obershelp count them
  let best = 0, from = 0, to = 0, last = [];
  for (let i = 0; i < a.length; i++) {
    const row = [];
    for (let j = 0; j < b.length; j++) {
      if (a[i] !== b[j]) continue;
      const run = (row[j] = (last[j - 1] || 0) + 1);
      if (run > best) { best = run; from = i - run + 1; to = j - run + 1; }
    }
    last = row;
  }
  if (!best) return 0;
  return best + matched(a.slice(0, from), b.slice(0, to)) + matched(a.slice(from + best), b.slice(to + best));
}
function closest(word, known) {
  let best = null, most = 0;
  for (const name of known) {
    const share = word.length + name.length ? (2000000 * matched(name, word)) / (word.length + name.length) : 1000000;
    if (share >= 600000 && (share > most || (share === most && name > best))) { best = name; most = share; }
  }
  return best;
}
function nearest(name, known) {
  if (typeof name !== "string" || [...name].length > 100) return null;
  return closest(name.toLowerCase(), known)
    ?? closest(name.toLowerCase().replaceAll("-", "_").replaceAll(" ", "_"), known);
}

/** A question that is not modelled: a date, a reading, an overlay. */
export class RequestError extends Error {
  constructor(code, args) {
    super(sentence(code, "en", args));
    this.name = "RequestError";
    this.code = code;
    this.arguments = args;
  }
  say(lang) { return sentence(this.code, lang, this.arguments); }
}

/** A household that is refused, with everything that is wrong with it. */
export class HouseholdError extends Error {
  constructor(faults) {
    super(faults.map((f) => `${f.path || "/"}: ${f.code}: ${f.message}`).join("\n"));
    this.name = "HouseholdError";
    this.faults = faults;
  }
}
function fault(code, path, args = {}) {
  return { code, path, message: sentence(code, "en", args), say: (lang) => sentence(code, lang, args) };
}

// --- single fields ---------------------------------------------------------------------------------------------

const own = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const lone = new RegExp(LONE, "g");
const writable = (text) => text.replace(lone, (c) => "\\u" + c.charCodeAt(0).toString(16));
const cut = (text, n) => [...text].slice(0, n).join("");
const step = (name) => "/" + writable(String(name)).replaceAll("~", "~0").replaceAll("/", "~1");
function found(value) {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" || typeof value === "bigint") return "the number " + String(value).slice(0, 40);
  if (typeof value === "string") return `the text "${writable(cut(value, 40))}"`;
  return Array.isArray(value) ? "a list" : "an object";
}
const shown = (value) => (typeof value === "string" ? writable(cut(value, 40)) : found(value));

const LAST = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
function dateOf(value) {
  if (typeof value !== "string" || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value) || value.length !== 10) return null;
  const y = +value.slice(0, 4), m = +value.slice(5, 7), d = +value.slice(8);
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  return y >= 1 && m >= 1 && m <= 12 && d >= 1 && d <= (m === 2 && leap ? 29 : LAST[m]) ? y * 10000 + m * 100 + d : null;
}
const LARGEST_YUAN = 9999999;
function fenOf(value) {
  if (typeof value === "number") return Number.isInteger(value) && value >= 0 && value <= LARGEST_YUAN ? value * 100 : null;
  if (typeof value !== "string" || value.length > 10 || !/^[0-9]{1,7}(\.[0-9]{1,2})?$/.test(value) || value.endsWith("\n")) return null;
  const point = value.indexOf(".");
  return point < 0 ? +value * 100 : +value.slice(0, point) * 100 + +value.slice(point + 1).padEnd(2, "0");
}

// Each returns the value as rules take it, or undefined with a fault told.
function readField(def, value, path, name, faults) {
  const no = (code, args) => {
    faults.push(value === null || value === undefined ? fault("NULL_VALUE", path)
      : value === "unknown" ? fault("UNKNOWN_VALUE", path) : fault(code, path, args));
    return undefined;
  };
  switch (def.kind) {
    case "text": case "reference":
      if (typeof value !== "string") return no("NOT_TEXT", { found: found(value ?? "") });
      if (LONE.test(value)) return no("BAD_TEXT", {});
      if (value === "") return no("EMPTY_TEXT", { limit: 200 });
      return value.length > 200 && [...value].length > 200 ? no("TEXT_TOO_LONG", { limit: 200 }) : value;
    case "code":
      if (typeof value === "string" && def.codes.includes(value)) return value;
      if (typeof value === "string" && LONE.test(value)) return no("BAD_TEXT", {});
      return typeof value === "string"
        ? no("UNKNOWN_CODE", { value: writable(cut(value, 60)), list: name, known: def.codes.join(", "), meant: nearest(value, def.codes) })
        : no("NOT_TEXT", { found: found(value ?? "") });
    case "truth":
      return typeof value === "boolean" ? value : no("NOT_TRUTH", { found: found(value ?? "") });
    case "date":
      return dateOf(value) ?? no("BAD_DATE", { value: shown(value ?? "") });
    case "money": {
      const fen = fenOf(value);
      if (fen !== null) return fen;
      if (typeof value === "number" && fenOf(String(value)) !== null) return no("MONEY_AS_FLOAT", { value: String(value) });
      return no("BAD_MONEY", { value: shown(value ?? "") });
    }
    case "number":
      return Number.isInteger(value) && value >= def.least && value <= def.most ? value : no("BAD_GRADE", { value: shown(value ?? "") });
  }
  if (!Array.isArray(value)) return no("NOT_A_LIST", { found: found(value ?? "") });
  if (value.length > def.most) faults.push(fault("TOO_MANY", path, { limit: def.most }));
  const before = faults.length;
  const items = value.slice(0, def.most).map((item, number) => def.kind === "codes"
    ? readField({ kind: "code", codes: def.codes }, item, path + "/" + number, name, faults)
    : readObject(def.fields, item, path + "/" + number, faults));
  return faults.length === before ? items : undefined;
}
function readObject(defs, value, path, faults, also = []) {
  if (!isObject(value)) {
    faults.push(value === null || value === undefined ? fault("NULL_VALUE", path) : value === "unknown" ? fault("UNKNOWN_VALUE", path)
      : fault("NOT_AN_OBJECT", path, { found: found(value) }));
    return undefined;
  }
  const read = {};
  for (const name in defs) {
    if (own(value, name) && value[name] !== undefined) read[name] = readField(defs[name], value[name], path + "/" + name, name, faults);
    else if (defs[name].required) faults.push(fault("MISSING_FIELD", path + "/" + name, { name }));
  }
  for (const name of Object.keys(value)) {
    if (own(defs, name) || also.includes(name)) continue;
    if (LONE.test(name)) { faults.push(fault("BAD_TEXT", path + step(name))); continue; }
    const known = [...Object.keys(defs)];
    for (const extra of also) known.splice(1, 0, extra);
    faults.push(fault("UNKNOWN_FIELD", path + step(name), { name, known: known.join(", "), meant: nearest(name, known) }));
  }
  return read;
}
function tooDeep(value, left = 20) {
  if (typeof value !== "object" || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => tooDeep(inner, left - 1));
}

// --- how the fields go together --------------------------------------------------------------------------------

const ADULT = 180000, EARNING = 160000;
function together(household, members, on, faults) {
  const told = (code, path, args) => faults.push(fault(code, path, args));
  if (household.id === "unknown") told("UNKNOWN_VALUE", "/id");
  if (!members || !members.length) return;
  const known = members.filter((m) => m !== null);
  const byId = new Map();
  for (const m of known) if (typeof m.id === "string" && !byId.has(m.id)) byId.set(m.id, m);
  const applicant = known.find((m) => m.relationship === "applicant") ?? null;
  if (!applicant && known.length === members.length && known.every((m) => typeof m.relationship === "string"))
    told("NO_APPLICANT", "/members");
  const parents = members.map((m) => m === null ? null
    : m.parent === null ? (m.relationship === "child" ? applicant : null)
    : typeof m.parent === "string" ? byId.get(m.parent) ?? null : null);
  let spouses = 0;
  members.forEach((m, number) => {
    if (m === null) return;
    const here = "/members/" + number, parent = parents[number];
    if (m.relationship === "applicant") {
      if (m !== applicant) told("SEVERAL_APPLICANTS", here + "/relationship");
      if (m.absence !== undefined && m.absence !== "none") told("APPLICANT_NOT_COUNTED", here + "/absence");
    } else if (m.relationship === "spouse") {
      if (spouses++) told("SEVERAL_SPOUSES", here + "/relationship");
      if (applicant) {
        const s = applicant.marital_status;
        const may = s === null ? applicant.birth_date === undefined || on - applicant.birth_date >= ADULT : s === undefined || s === "married";
        if (!may) told("SPOUSE_OF_UNMARRIED", here + "/relationship");
      }
    }
    if (m.id === "unknown") told("UNKNOWN_VALUE", here + "/id");
    else if (typeof m.id === "string" && byId.get(m.id) !== m) told("DUPLICATE_ID", here + "/id", { name: m.id });
    if (m.parent === "unknown") told("UNKNOWN_VALUE", here + "/parent");
    else if (typeof m.parent === "string" && !byId.has(m.parent))
      told("PARENT_NOT_A_MEMBER", here + "/parent", { name: m.parent, meant: nearest(m.parent, [...byId.keys()]) });
    else if (parent === m) told("PARENT_OF_ITSELF", here + "/parent");
    else if (parent !== null && parent.birth_date !== undefined && m.birth_date !== undefined && parent.birth_date > m.birth_date)
      told("PARENT_YOUNGER", here + "/parent", { name: parent.id });
    if (m.birth_date === undefined) return;
    const lived = on - m.birth_date;
    if (lived < 0) told("BORN_LATER", here + "/birth_date", { on: day(on) });
    if (m.marital_status === null && lived >= ADULT && (m === applicant || parents.includes(m)))
      told("MARITAL_STATUS_NEEDED", here + "/marital_status");
    if (m.incomes === null && m.absence === "none" && lived >= EARNING) told("INCOMES_NEEDED", here + "/incomes");
  });
}
// What can be read of a member: null where it was not stated, undefined where it cannot be read.
function sketch(value, read) {
  if (!isObject(value)) return null;
  const member = {};
  for (const name of ["id", "parent", "relationship", "marital_status", "absence"]) {
    const stated = own(value, name) ? value[name] : null, def = MEMBER[name];
    const readable = typeof stated === "string" && (def.kind !== "code" || def.codes.includes(stated));
    member[name] = !own(value, name) ? null : readable ? stated : undefined;
  }
  if (!own(value, "absence")) member.absence = "none";
  member.birth_date = read?.birth_date;
  member.incomes = own(value, "incomes") ? undefined : null;
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
  return faults.length ? inOrder(faults, household) : faults;
}
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
  if (Array.isArray(listed) && listed.length <= 1000) together(value, listed.map((m, n) => sketch(m, members[n])), on, more);
  else if (value.id === "unknown") more.push(fault("UNKNOWN_VALUE", "/id"));
  for (const f of more) if (!at.has(f.path)) faults.push(f);
  return { root, members };
}

// --- the receipt -----------------------------------------------------------------------------------------------

function sha256(text) {
  const bytes = new TextEncoder().encode(text), size = ((bytes.length + 8) >> 6 << 4) + 16;
  const words = new Int32Array(size), w = new Int32Array(64);
  for (let i = 0; i < bytes.length; i++) words[i >> 2] |= bytes[i] << (24 - (i & 3) * 8);
  words[bytes.length >> 2] |= 0x80 << (24 - (bytes.length & 3) * 8);
  words[size - 1] = bytes.length * 8;
  const h = Int32Array.from(SHA.start);
  for (let at = 0; at < size; at += 16) {
    let [a, b, c, d, e, f, g, z] = h;
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = words[at + i];
      else {
        const x = w[i - 15], y = w[i - 2];
        w[i] = (w[i - 16] + w[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ (x >>> 3))
          + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ (y >>> 10))) | 0;
      }
      const one = (z + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + ((e & f) ^ (~e & g)) + SHA.round[i] + w[i]) | 0;
      const other = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      z = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + other) | 0;
    }
    [a, b, c, d, e, f, g, z].forEach((v, i) => { h[i] = (h[i] + v) | 0; });
  }
  return [...h].map((v) => (v >>> 0).toString(16).padStart(8, "0")).join("");
}
const SHA = (() => { // the first bits of the roots of primes, by whole numbers alone
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const root = (n, k) => { // floor(n^(1/k) * 2^32) modulo 2^32
    const wanted = BigInt(n) << BigInt(32 * k);
    let low = 0n, high = 1n << 40n;
    while (low < high) { const mid = (low + high + 1n) >> 1n; if (mid ** BigInt(k) <= wanted) low = mid; else high = mid - 1n; }
    return Number(low & 0xffffffffn) | 0;
  };
  return { start: primes.slice(0, 8).map((p) => root(p, 2)), round: primes.map((p) => root(p, 3)) };
})();

function written(defs, value, also) {
  const parts = [];
  for (const name in defs) {
    if (own(value, name) && value[name] !== undefined) parts.push(JSON.stringify(name) + ":" + writtenField(defs[name], value[name]));
    if (also && parts.length && name === Object.keys(defs)[0]) parts.push(also);
  }
  return "{" + parts.join(",") + "}";
}
function writtenField(def, value) {
  if (def.kind === "money") return `"${yuan(value)}"`;
  if (def.kind === "date") return `"${day(value)}"`;
  if (def.kind === "records") return "[" + value.map((item) => written(def.fields, item)).join(",") + "]";
  return JSON.stringify(value);
}

// --- an assessment ---------------------------------------------------------------------------------------------

function dayOf(on) {
  const n = dateOf(on);
  if (n === null) throw new RequestError("BAD_ASSESSMENT_DATE", { value: String(on).slice(0, 60) });
  return n;
}
function freeze(value) {
  if (typeof value === "object" && value !== null) { Object.values(value).forEach(freeze); Object.freeze(value); }
  return value;
}
const citations = [];
function citation(number) {
  if (citations[number] === undefined) {
    const [rule, parameters] = CITATIONS[number];
    citations[number] = freeze({ ...RULES[rule], cites: RULES[rule].cites.map((n) => CITES[n]),
      parameters: parameters.map((n) => ({ ...VALUES[n], cites: VALUES[n].cites.map((m) => CITES[m]) })) });
  }
  return citations[number];
}
const compiled = new Map();
let latest = null;
function compile(on, readings, overlays) {
  if (latest && latest.asked === readings && latest.over === overlays && on >= latest.start && on <= latest.end) return latest;
  for (const name in readings) {
    const known = Object.keys(READINGS);
    if (!own(READINGS, name)) throw new RequestError("UNKNOWN_READING", { name, known: known.join(", "), meant: nearest(name, known) });
    const choices = READINGS[name], choice = readings[name];
    if (!choices.includes(choice)) throw new RequestError("UNKNOWN_CHOICE", { name, choice, known: choices.join(", "), meant: nearest(choice, choices) });
  }
  const named = Object.keys(OVERLAYS);
  for (const name of overlays)
    if (!own(OVERLAYS, name)) throw new RequestError("UNKNOWN_OVERLAY", { name, known: named.join(", "), meant: nearest(name, named) });
  for (const [i, name] of overlays.entries())
    if (overlays.indexOf(name) !== i) throw new RequestError("OVERLAY_TWICE", { name });
  if (on < MODELLED_FROM) throw new RequestError("NOT_MODELLED", { on: day(on), start: day(MODELLED_FROM), ...NOT_MODELLED });
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
      return table[names.map((n) => chosen[n]).join(" ")] ?? null;
    };
    const steps = plan.conclusions.map(pick).filter((v) => v !== null)
      .map((v) => { const [about, run, k, trace, t, cited, rules, order] = VARIANTS[v];
        return { ...CONCLUSIONS[about], run: RUN[run], k, trace: TRACE[trace], t, cited, rules, order }; });
    made = {
      start: plan.start, end: plan.end, steps, chosen,
      lists: Object.fromEntries(Object.keys(LISTS).map((list) => [list, steps.map((step, number) => ({ ...step, number }))
        .filter((step) => step.list === list)
        .sort((a, b) => a.order - b.order || (a.rules[0] < b.rules[0] ? -1 : a.rules[0] > b.rules[0] ? 1 : a.slot - b.slot))])),
      notices: plan.notices.map(pick).filter((v) => v !== null).map(([run, k, notice]) => [RUN[run], k, NOTICES[notice]]),
      complete: overlays.every((name) => OVERLAYS[name].complete),
      seed: JSON.stringify([DIGEST, Object.entries(chosen).sort(([a], [b]) => (a < b ? -1 : 1)), overlays]),
    };
    compiled.set(key, made);
  }
  return (latest = { ...made, asked: readings, over: overlays });
}

const NO_READINGS = Object.freeze({}), NO_OVERLAYS = Object.freeze([]);
const rootNames = Object.keys(HOUSEHOLD), eachNames = Object.keys(MEMBER);
const rootTaken = rootNames.filter((n) => HOUSEHOLD[n].taken), eachTaken = eachNames.filter((n) => MEMBER[n].taken);

class Assessment {
  #seed; #on; #read; #receipt;
  constructor(seed, on, read) { this.#seed = seed; this.#on = on; this.#read = read; }
  // Of what was stated then, whatever became of the caller's object; worked out when it is asked for.
  get receipt() {
    if (this.#receipt === undefined) {
      const { root, members } = this.#read;
      const text = written(HOUSEHOLD, root, `"${CONTAINED}":[${members.map((m) => written(MEMBER, m)).join(",")}]`);
      this.#receipt = "sha256:" + sha256(this.#seed + "\n" + this.#on + "\n" + text);
    }
    return this.#receipt;
  }
  toJSON() { return { ...this, receipt: this.receipt }; }
}

/** Assesses a household as of a date. See the types for what goes in and what comes out. */
export function assess(household, on, options = {}) {
  const today = dayOf(on);
  const rules = compile(today, options.readings ?? NO_READINGS, options.overlays ?? NO_OVERLAYS);
  const faults = [];
  const read = readHousehold(household, today, faults);
  if (faults.length) throw new HouseholdError(inOrder(faults, household));
  const { root, members } = read;
  const s = new Array(SIZE).fill(0), c = members.map((_, n) => n), ids = members.map((m) => m.id), assumed = [];
  s[0] = today;
  for (const name of rootNames) if (HOUSEHOLD[name].slot) s[HOUSEHOLD[name].slot] = root[name] ?? HOUSEHOLD[name].default ?? null;
  for (const name of rootTaken) if (root[name] === undefined) assumed.push("/" + name);
  for (const name of eachNames) {
    const def = MEMBER[name];
    if (def.slot) s[def.slot] = members.map((m) => m[name] ?? def.default ?? (def.kind === "records" || def.kind === "codes" ? [] : null));
  }
  const children = members.map(() => []), applicant = members.findIndex((m) => m.relationship === "applicant");
  members.forEach((m, n) => {
    const minor = m.birth_date > today - ADULT;
    if (m.marital_status === undefined && minor) s[MEMBER.marital_status.slot][n] = "never_married";
    if (m.parent !== undefined) children[ids.indexOf(m.parent)].push(n);
    else if (m.relationship === "child") children[applicant].push(n);
    for (const name of eachTaken) {
      if (m[name] !== undefined || (name === "parent" && m.relationship !== "child") || (name === "marital_status" && !minor)) continue;
      assumed.push("/" + CONTAINED + "/" + n + "/" + name);
    }
  });
  s[MEMBER.parent.slot] = children;
  const failed = rules.steps.map((step) => step.run(s, step.k, c));
  const wanted = new Set(), made = new Assessment(rules.seed, today, read);
  made.household = root.id;
  made.on = day(today);
  for (const [name, kind] of LAYOUT) {
    if (kind === "list") {
      const money = LISTS[name] === "money", lines = (made[name] = []);
      for (const { slot, each, rules: [rule] } of rules.lists[name]) {
        const add = (member, value) => {
          if (!(value > 0)) return;
          wanted.add(rule);
          lines.push(money ? { rule, member, amount: yuan(value) } : { rule, member });
        };
        if (each) s[slot].forEach((value, n) => add(ids[n], value)); else add(null, s[slot]);
      }
    } else if (kind === "money") made[name] = yuan(s[FIGURES[name]]);
    else if (kind === "figure") made[name] = s[FIGURES[name]];
    else if (name === "complete") made.complete = rules.complete;
    else if (name === "readings") made.readings = { ...rules.chosen };
    else if (name === "overlays") made.overlays = [...rules.over];
    else if (name === "notices") {
      const lang = options.lang === "en" ? "en" : "zh";
      made.notices = rules.notices.filter(([run, k]) => run(s, k, c)).map(([, , n]) => ({ code: n.code, message: n.message[lang], rule: n.rule }));
    } else if (name === "assumed") made.assumed = assumed;
    else if (name === "policy_version") made.policy_version = VERSION;
  }
  if (options.trace === false) return made;
  made.citations = [];
  rules.steps.forEach((step, number) => {
    if (step.figure && step.rules.length > 1) wanted.add(step.rules[failed[number].length - 1]);
  });
  for (const step of rules.steps)
    step.rules.forEach((rule, n) => {
      if (wanted.has(rule) || (step.figure && step.rules.length === 1)) made.citations.push(citation(step.cited[n]));
    });
  made.trace = [];
  rules.steps.forEach((step, number) => step.trace(s, step.t, failed[number], made.trace, ids));
  return made;
}
