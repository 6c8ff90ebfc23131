// What if an income changed: a slider, a chart of the total, and the income thresholds.

const fenText = (fen) => `${(fen - (fen % 100)) / 100}.${String(fen % 100).padStart(2, "0")}`;
const fenFrom = (text) => Math.round(+text * 100); // from text with two decimals; exact, because the rounding error of a double is far below one fen

const stepText = (x, before, after) => fill(W.step, { income: fenText(x), before: fenText(before), after: fenText(after) });

let chosenIncome = null; // [member, number], kept while the form changes

function incomes() {
  return state.household.members.flatMap((m, n) => (m.incomes ?? []).map((income, i) => [n, i, called(m.id) + COLON + T(about.codes["income-kind"][income.kind] ?? { zh: "", en: "" })]));
}
function whatIf(a) {
  const box = document.getElementById("hq-whatif"), listed = incomes();
  if (!listed.length) return box.replaceChildren();
  let [who, number] = listed.find(([n, i]) => chosenIncome && n === chosenIncome[0] && i === chosenIncome[1]) ?? listed[0];
  const copy = structuredClone(state.household), income = copy.members[who].incomes[number];
  const now = fenFrom(income.monthly), line = fenFrom(a.standard) * a.counted_members;
  const round = (fen) => Math.min(999_999_900, Math.ceil((1.1 * fen) / 50000) * 50000);
  const edge = round(1.7 * line + a.deductions.reduce((sum, d) => sum + fenFrom(d.amount), 0)), most = Math.max(edge, round(now));
  const total = (fen) => { income.monthly = fenText(fen); return fenFrom(assess(copy, state.on, options({ trace: false })).monthly_total); };
  // Thresholds are below the edge, above which nothing is granted; so only that part is sampled densely.
  const stride = Math.max(100, Math.round(edge / 300 / 100) * 100), points = [];
  for (let x = 0; x < edge; x += stride) points.push([x, total(x)]);
  for (const x of new Set([edge, most])) points.push([x, total(x)]);
  const cliffs = stepsBetween(points, total);
  const top = Math.max(10000, ...points.map(([, y]) => y));

  const slider = el("input", { type: "range", min: 0, max: most / 100, step: 10, id: "hq-slider" });
  slider.value = now / 100;
  const say = el("output", { for: "hq-slider", class: "hq-say" });
  const chart = drawChart(points, cliffs, most, top);
  const steps = cliffs.length ? el("ul", {}, ...cliffs.map(([x, before, after]) => el("li", {}, stepText(x, before, after)))) : el("p", { class: "hq-help" }, W.nosteps);
  let shown = now;
  const move = (x) => {
    const y = total((shown = x));
    say.textContent = fill(W.becomes, { income: fenText(x), total: fenText(y) });
    slider.setAttribute("aria-valuetext", say.textContent);
    chart.move(x, y);
  };
  slider.addEventListener("input", () => move(Math.round(+slider.value * 100)));
  const pick = select(Object.fromEntries(listed.map(([n, i, title], at) => [at, title])), String(listed.findIndex(([n, i]) => n === who && i === number)), (v) => { chosenIncome = listed[+v].slice(0, 2); }, false);
  box.replaceChildren(el("h2", {}, W.whatif),
    listed.length > 1 ? labelled(W.which, pick) : el("p", { class: "hq-help" }, listed[0][2]),
    el("div", { class: "hq-field" }, el("label", { for: "hq-slider" }, W.slide), slider), el("p", {}, say),
    button(W.take, () => {
      state.household.members[who].incomes[number].monthly = fenText(shown);
      draw(() => document.getElementById("hq-slider"));
    }, { class: "hq-plain" }),
    chart.svg, el("h3", {}, W.steps), steps);
  move(now); // to the fen, where the slider goes by ten yuan
}
// A total without a threshold changes by no more than the income. Where it changes more, bisect to the fen.
function stepsBetween(points, total) {
  const found = [];
  for (let i = 1; i < points.length; i++) {
    let [low, before] = points[i - 1], [high, after] = points[i];
    if (after <= before && before - after <= high - low) continue;
    while (high - low > 1) {
      const middle = (low + high - ((low + high) % 2)) / 2, y = total(middle);
      if (y <= before && before - y <= middle - low) { low = middle; before = y; } else { high = middle; after = y; }
    }
    if (Math.abs(after - before) > 100) found.push([high, before, after]);
  }
  return found;
}
function niceStep(most) { // a round distance between the marks of an axis
  const rough = most / 4, unit = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((n) => n * unit).find((n) => n >= rough);
}
function drawChart(points, cliffs, most, top) {
  const WIDE = 640, HIGH = 260, LEFT = 66, BELOW = 54, X = (x) => LEFT + (x * (WIDE - LEFT - 16)) / most, Y = (y) => HIGH - BELOW - (y * (HIGH - BELOW - 16)) / top;
  let shape = "", drawn = "";
  points.forEach(([x, y], i) => {
    const cliff = cliffs.find(([at]) => i && at > points[i - 1][0] && at <= x);
    if (cliff) { shape += `L${X(cliff[0]).toFixed(1)} ${Y(cliff[1]).toFixed(1)}M${X(cliff[0]).toFixed(1)} ${Y(cliff[2]).toFixed(1)}`; drawn += `<path class="hq-cliff" d="M${X(cliff[0]).toFixed(1)} ${Y(cliff[1]).toFixed(1)}V${Y(cliff[2]).toFixed(1)}"/>`; }
    shape += `${i ? "L" : "M"}${X(x).toFixed(1)} ${Y(y).toFixed(1)}`;
  });
  let marks = "";
  const across = niceStep(most), up = niceStep(top);
  for (let x = 0; x <= most; x += across) marks += `<text x="${X(x)}" y="${HIGH - BELOW + 21}" text-anchor="middle">${x / 100}</text>`;
  for (let y = 0; y <= top; y += up) marks += `<path class="hq-rule" d="M${LEFT} ${Y(y)}H${WIDE - 16}"/><text x="${LEFT - 6}" y="${Y(y) + 4}" text-anchor="end">${y / 100}</text>`;
  const said = [W.chart, ...cliffs.map(([x, before, after]) => stepText(x, before, after))].join(". ");
  const svg = el("figure", { class: "hq-chart" });
  svg.innerHTML = `<svg viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-label="${said}">${marks}<path class="hq-line" d="${shape}"/>${drawn}<path class="hq-now" d=""/><circle r="6"/><text class="hq-axis" x="${WIDE - 16}" y="${HIGH - 8}" text-anchor="end">${W.axis}</text></svg>`;
  svg.append(el("figcaption", {}, W.chart));
  return { svg, move(x, y) {
    const dot = svg.querySelector("circle");
    dot.setAttribute("cx", X(x)); dot.setAttribute("cy", Y(y));
    svg.querySelector(".hq-now").setAttribute("d", `M${X(x)} ${HIGH - BELOW}V${Y(y)}`);
  } };
}
