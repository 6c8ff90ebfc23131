// The words of the calculator in the language of the page; titles of fields, codes, rules and faults come from the rulebook.

const place = document.getElementById("hq-calculator"), lang = place.dataset.lang;
const T = (texts) => texts[lang];
const W = WORDS[lang]; // from the catalogues of the site: scripts/site_hooks.py
const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const COLON = W.colon, COMMA = W.comma, SEMICOLON = W.semicolon;
const aside = (text) => fill(W.aside, { text });

function el(tag, props = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props))
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  made.append(...inside.filter((part) => part !== null));
  return made;
}
const button = (text, onclick, props = {}) => el("button", { type: "button", onclick, ...props }, text);
