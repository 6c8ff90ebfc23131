// The state of the form, {household, on, readings, overlays}, and its form in a link.

const today = () => { const d = new Date(); return `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, "0")}-${String(d.getDate()).padStart(2, "0")}`; };
const EXAMPLE = {
  household: {
    id: "H",
    members: [
      { id: "1", relationship: "applicant", birth_date: "1978-03-02", marital_status: "widowed", incomes: [{ kind: "wages", monthly: "2700.00" }] },
      { id: "2", relationship: "child", birth_date: "2009-09-01", schooling: "primary" },
    ],
  },
  on: "2019-05-01", readings: {}, overlays: [],
};
const BLANK = () => ({ household: { id: "H", members: [{ id: "1", relationship: "applicant" }] }, on: today(), readings: {}, overlays: [] });

const object = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** The state after #q= in the address, percent-encoded JSON; null if there is none or it is invalid. */
function fromAddress() {
  if (!location.hash.startsWith("#q=")) return null;
  try {
    const said = JSON.parse(decodeURIComponent(location.hash.slice(3))), household = said.household;
    if (!object(household) || !Array.isArray(household.members) || !household.members.every(object)) return null;
    return { on: today(), readings: {}, overlays: [], ...said, household: { id: "H", ...household } };
  } catch { return null; }
}
/** The state kept in this tab, for a reload or for the page in the other language. */
function fromTab() {
  try { return JSON.parse(sessionStorage.getItem(KEPT)); } catch { return null; }
}
const KEPT = "hongqiao-rules calculator";
const given = fromAddress() ?? fromTab();
let state = given ?? structuredClone(EXAMPLE);
let isExample = given === null;
let shared = JSON.stringify(state); // as it was opened or shared

/** Keeps the state in this tab, and clears an address that no longer matches it. */
function remember() {
  const now = JSON.stringify(state);
  if (now === shared) return;
  shared = null;
  try { sessionStorage.setItem(KEPT, now); } catch { /* a browser may forbid it: then nothing is kept */ }
  if (location.hash.startsWith("#q=")) history.replaceState(null, "", location.pathname + location.search);
}

const put = (object, name, value) => { if (value === undefined || value === "") delete object[name]; else object[name] = value; };
const options = (more = {}) => ({ readings: state.readings, overlays: state.overlays, lang, ...more });
// The name of a member: the stated one, or else a number.
function called(id) {
  const n = state.household.members.findIndex((m) => m.id === id), m = state.household.members[n];
  const title = m && about.codes.relationship[m.relationship] ? T(about.codes.relationship[m.relationship]) : null;
  return !id || (id === String(n + 1) && title) ? `${W.member} ${id || n + 1}${title ? aside(title) : ""}` : String(id);
}
