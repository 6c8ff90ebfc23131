// The page: a form and its result. All is computed in the browser; nothing is sent.

function draw(focus) {
  fresh = 0;
  const panel = el("section", { class: "hq-panel", id: "hq-result", "aria-labelledby": "hq-result-title" },
    el("h2", { id: "hq-result-title", tabindex: "-1" }, W.result),
    el("p", { class: "hq-summary", role: "status", "aria-live": "polite", "aria-atomic": "true" }),
    el("div", { id: "hq-bill" }),
    el("p", { class: "hq-actions" }, button(W.share, share, { class: "hq-plain" }), button(W.print, () => print(), { class: "hq-plain" })),
    el("p", { role: "status", id: "hq-shared", class: "hq-help" }), el("p", { class: "hq-help" }, W.remind));
  place.replaceChildren(el("div", { class: "hq-columns" }, form(), panel), el("div", { id: "hq-below" }), el("section", { id: "hq-whatif" }),
    button("", () => { const title = document.getElementById("hq-result-title"); title.scrollIntoView({ block: "start" }); title.focus({ preventScroll: true }); }, { class: "hq-bar" }));
  update();
  if (focus) focus()?.focus();
}
async function share() {
  const { household, on, readings, overlays } = state;
  history.replaceState(null, "", "#q=" + encodeURIComponent(JSON.stringify({ household, on, readings, overlays })));
  shared = JSON.stringify(state);
  try { await navigator.clipboard.writeText(location.href); } catch { /* the address bar has it */ }
  document.getElementById("hq-shared").textContent = W.copied;
}
function update() {
  const bar = place.querySelector(".hq-bar"), summary = place.querySelector(".hq-summary"), sums = document.getElementById("hq-bill"), below = document.getElementById("hq-below");
  remember();
  clearFaults();
  document.getElementById("hq-shared").textContent = "";
  let a;
  try { a = assess(state.household, state.on, options()); }
  catch (e) {
    if (e instanceof RequestError) e.faults = [{ code: e.code, path: requestPath(e.code), say: (l) => e.say(l) }];
    else if (!(e instanceof HouseholdError)) throw e;
    const parts = showFaults(e.faults);
    sums.replaceChildren(...parts);
    const told = sums.querySelector(".hq-bad li"); // said aloud at once, for those who do not see a field turn red
    summary.replaceChildren(el("span", { class: "hq-help" }, W.first), told ? el("span", { class: "hq-hidden" }, W.wrong + COLON + told.textContent) : "");
    below.replaceChildren();
    document.getElementById("hq-whatif").replaceChildren();
    const wrong = sums.querySelectorAll(".hq-bad li").length;
    bar.replaceChildren(el("span", {}, (wrong ? W.wrong : W.needed) + COLON + (wrong || e.faults.length)), el("span", { class: "hq-go" }, W.show));
    return;
  }
  const programme = T(about.codes.programme[a.programme]);
  summary.replaceChildren(el("span", { class: `hq-programme hq-${a.programme}` }, programme), " ",
    el("span", { class: "hq-total" }, el("span", { class: "hq-hidden" }, W.total + " "), el("strong", { "data-figure": "monthly_total" }, a.monthly_total), " ", W.a_month));
  const parts = [bill(a)];
  const entries = [...a.registers, ...a.services, ...a.referrals];
  if (entries.length) parts.push(el("h3", {}, W.others), el("ul", {}, ...entries.map((row) => el("li", {}, who(row)))));
  if (!a.complete) parts.push(el("p", { class: "hq-box" }, W.incomplete));
  if (a.notices.length) parts.push(el("h3", {}, W.notices), el("ul", { class: "hq-notices" }, ...a.notices.map((n) => el("li", {}, withTitles(n.message)))));
  if (a.assumed.length) parts.push(assumed(a));
  sums.replaceChildren(...parts);
  below.replaceChildren(stated(a), statement(a));
  bar.replaceChildren(el("span", {}, programme), el("strong", {}, yuanOf(a.monthly_total)), el("span", { class: "hq-go" }, W.show));
  whatIf(a);
}

// A link may hold anything; if it gives no form, the example is shown.
function open() {
  try { draw(); }
  catch (problem) {
    if (isExample) throw problem;
    state = structuredClone(EXAMPLE);
    isExample = true;
    shared = JSON.stringify(state);
    draw();
  }
}
addEventListener("hashchange", () => {
  const said = fromAddress();
  if (said) { state = said; isExample = false; shared = JSON.stringify(state); open(); }
});
// On paper every clause is open.
matchMedia("print").addEventListener("change", ({ matches }) => {
  for (const clause of place.querySelectorAll("#hq-result details, .hq-clause")) {
    if (matches) clause.dataset.was = clause.open;
    clause.open = matches || clause.dataset.was === "true";
  }
});
open();
