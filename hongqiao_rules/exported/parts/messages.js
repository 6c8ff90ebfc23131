// What is said of what is refused, in both languages, with the nearest right name.

const clip = (value) => { const t = [...String(value)]; return t.length <= 600 ? t.join("") : t.slice(0, 600).join("") + "…"; };
const fill = (text, args, at) => // an argument that is words itself is a pair of them
  text.replace(/\{\{|\}\}|\{(\w+)\}/g, (whole, name) =>
    name === undefined ? whole[0] : clip(Array.isArray(args[name]) ? args[name][at] : args[name]));
function sentence(code, lang, args) {
  const at = lang === "zh" ? 1 : 0;
  const text = fill(SENTENCES[code][at], args, at);
  return args.meant ? text + (at ? "" : " ") + fill(MEANT[at], args, at) : text;
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

