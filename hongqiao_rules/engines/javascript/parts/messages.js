// Messages of errors, from the catalogues of the program: one object of patterns for each language.

const clip = (value) => { const t = [...String(value)]; return t.length <= 600 ? t.join("") : t.slice(0, 600).join("") + "…"; }; // an input cannot make a message long
const cut = (text, n) => [...text].slice(0, n).join("");
const phrase = (key, args = {}) => ({ key, args });
const quoted = (text) => phrase("quoted", { text });
function catalogue(lang) {
  if (own(CATALOGUES, lang)) return CATALOGUES[lang];
  const known = Object.keys(CATALOGUES);
  throw new RequestError("UNKNOWN_LANGUAGE", { value: quoted(cut(String(lang), 60)), known, meant: nearest(lang, known) });
}
function say(lang, key, args, cutting = (value) => value) {
  return catalogue(lang)[key].replace(/\{\{|\}\}|\{(\w+)\}/g, (whole, name) => (name === undefined ? whole[0] : cutting(word(lang, args[name]))));
}
function word(lang, value) { // the text of an argument: a list, a phrase, a text of the rulebook, or any other value
  if (Array.isArray(value)) return value.length ? value.map((item) => word(lang, item)).reduce((before, after) => say(lang, "list.pair", { before, after })) : "";
  if (typeof value !== "object" || value === null) return value;
  return value.key === undefined ? textOf(value, lang) : say(lang, value.key, value.args);
}
const textOf = (texts, lang) => { catalogue(lang); return texts[lang] ?? texts.zh; };
function sentence(code, lang, args) {
  const before = say(lang, "fault." + code, args, clip);
  return args.meant ? say(lang, "sentences", { before, after: say(lang, "meant", args, clip) }) : before;
}

function matched(a, b) { // the number of matching characters (Ratcliff and Obershelp)
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

/** A request outside the model: an invalid date, reading, overlay or language. */
export class RequestError extends Error {
  constructor(code, args) {
    super(sentence(code, "en", args));
    this.name = "RequestError";
    this.code = code;
    this.arguments = args;
  }
  say(lang) { return sentence(this.code, lang, this.arguments); }
}

/** An invalid household, with all its faults. */
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

