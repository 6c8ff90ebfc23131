// Readers of single fields. Each fault is reported with its place.

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const lone = new RegExp(LONE, "g");
const writable = (text) => text.replace(lone, (c) => "\\u" + c.charCodeAt(0).toString(16));
const step = (name) => "/" + writable(String(name)).replaceAll("~", "~0").replaceAll("/", "~1");
function found(value) { // the words for a value of a wrong type
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" || typeof value === "bigint") return phrase("found.number", { value: String(value).slice(0, 40) });
  if (typeof value === "string") return phrase("found.text", { value: quoted(writable(cut(value, 40))) });
  return phrase(Array.isArray(value) ? "found.list" : "found.object");
}
const shown = (value) => (typeof value === "string" ? quoted(writable(cut(value, 40))) : found(value));

const LAST = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
function digits(text, from, to) { // the number, or -1 if any character is not a digit
  let n = 0;
  for (let i = from; i < to; i++) {
    const d = text.charCodeAt(i) - 48;
    if (d < 0 || d > 9) return -1;
    n = n * 10 + d;
  }
  return n;
}
function dateOf(value) { // as yyyymmdd, or null
  if (typeof value !== "string" || value.length !== 10 || value[4] !== "-" || value[7] !== "-") return null;
  const y = digits(value, 0, 4), m = digits(value, 5, 7), d = digits(value, 8, 10);
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  return y >= 1 && m >= 1 && m <= 12 && d >= 1 && d <= (m === 2 && leap ? 29 : LAST[m]) ? y * 10000 + m * 100 + d : null;
}
function dayOf(on) {
  const n = dateOf(on);
  if (n === null) throw new RequestError("BAD_ASSESSMENT_DATE", { value: quoted(cut(String(on), 60)) });
  return n;
}
function fenOf(value, least, most, size) { // as fen from least to most, or null
  const fen = typeof value === "number" ? (Number.isInteger(value) ? value * 100 + 0 : null) : typeof value === "string" ? writtenFen(value, size) : null;
  return fen !== null && fen >= least && fen <= most ? fen : null;
}
function writtenFen(value, size) { // as fen, or null; with at most so many digits before the point
  if (value.length > size + 4) return null;
  const from = value[0] === "-" ? 1 : 0, point = value.indexOf("."), end = point < 0 ? value.length : point, places = value.length - point - 1;
  const yuan = digits(value, from, end);
  if (end - from < 1 || end - from > size || yuan < 0) return null;
  const cents = point < 0 ? 0 : digits(value, point + 1, value.length);
  if (cents < 0 || (point >= 0 && (places < 1 || places > 2))) return null;
  const fen = yuan * 100 + (point >= 0 && places === 1 ? cents * 10 : cents);
  return from === 0 ? fen : -fen || null; // a zero has no sign
}

// --- fast readers of valid values ------------------------------------------------------------------------------
// Each returns a value in the form that rules read, or null; the readers below read the value again to report faults.

const plain = (value) => typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
const PAIRED = /[\ud800-\udfff]/;
const text = (value) => typeof value === "string" && value !== "" && value.length <= 200 && value !== "unknown" && !PAIRED.test(value);
const whole = (value, least, most) => Number.isInteger(value) && value >= least && value <= most;
function list(value, most, take) {
  if (!Array.isArray(value) || value.length > most) return null;
  const taken = [];
  for (let i = 0; i < value.length; i++) {
    const item = take(value[i]);
    if (item === null) return null;
    taken.push(item);
  }
  return taken;
}
const NOTHING = Object.freeze([]);

// --- readers that report faults --------------------------------------------------------------------------------

// Each returns the value as it was stated, or undefined after adding a fault.
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
        ? no("UNKNOWN_CODE", { value: writable(cut(value, 60)), list: name, known: def.codes, meant: nearest(value, def.codes) })
        : no("NOT_TEXT", { found: found(value ?? "") });
    case "truth":
      return typeof value === "boolean" ? value : no("NOT_TRUTH", { found: found(value ?? "") });
    case "date":
      return dateOf(value) === null ? no("BAD_DATE", { value: shown(value ?? "") }) : value;
    case "money": {
      const { least, most, size } = def;
      if (fenOf(value, least, most, size) !== null) return value;
      if (typeof value === "number" && fenOf(String(value), least, most, size) !== null) return no("MONEY_AS_FLOAT", { value: String(value) });
      return least === 0 && most === 999999999 ? no("BAD_MONEY", { value: shown(value ?? "") })
        : no("BAD_AMOUNT", { value: shown(value ?? ""), least: yuan(least), most: yuan(most) });
    }
    case "number": {
      const { least, most } = def;
      if (whole(value, least, most)) return value;
      return least === 1 && most === 4 ? no("BAD_GRADE", { value: shown(value ?? "") }) : no("BAD_NUMBER", { value: shown(value ?? ""), least, most });
    }
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
    faults.push(fault("UNKNOWN_FIELD", path + step(name), { name, known, meant: nearest(name, known) }));
  }
  return read;
}
function tooDeep(value, left = 20) {
  if (typeof value !== "object" || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => tooDeep(inner, left - 1));
}

