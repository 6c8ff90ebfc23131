// Times the exported module, or another engine of rules, each in a process of its own, so that none has another's garbage.
//
//     node worker.mjs QUESTIONS SIDE     (a JSON file: {on, households, facts})
//
// Prints its totals in fen as JSON, and for each line it reads, a number of passes, the nanoseconds a household of them.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const { on, households, facts } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const fen = (yuan) => Math.round(yuan * 100);
const v = (name) => ({ var: name });

async function module(options) {
  const { assess } = await import("./rules.mjs");
  return (n) => fen(+assess(households[n], on, options).monthly_total);
}
async function readme() {
  const { assess } = await import("./rules.mjs");
  const example = JSON.parse(readFileSync("widowed.json", "utf8"));
  const totals = await module({});
  return (n, asked) => (asked ? totals(n) : assess(example, "2019-05-01"));
}
async function text() {
  const { assess } = await import("./rules.mjs");
  const texts = households.map((household) => JSON.stringify(household));
  const said = (n) => JSON.stringify(assess(JSON.parse(texts[n]), on));
  return (n, asked) => (asked ? fen(+JSON.parse(said(n)).monthly_total) : said(n));
}
// Three expressions, the result of one among the facts of the next.
async function byJsonLogic() {
  const { default: jsonLogic } = await import("json-logic-js");
  const deducted = { "+": [
    { if: [v("widowed"), 120000, { if: [v("divorced"), 80000, 0] }] },
    { "*": [v("diseases"), 151500] }, { "*": [v("disabilities"), 101000] },
  ] };
  const countable = { max: [0, { "-": [v("income"), deducted] }] };
  const programme = { if: [
    { "<": [v("countable"), { "*": [101000, v("persons")] }] }, "dibao",
    { "<": [v("countable"), { "*": [151500, v("persons")] }] }, "low_income", "none",
  ] };
  const total = { if: [
    { "==": [v("programme"), "dibao"] },
    { "+": [{ "-": [{ "*": [101000, v("persons")] }, v("countable")] }, { "*": [30300, v("elders")] }, { "*": [156000, v("orphans")] }] },
    { and: [{ "==": [v("programme"), "low_income"] }, v("category")] }, 30300, 0,
  ] };
  return (n) => {
    const known = { ...facts[n] };
    known.countable = jsonLogic.apply(countable, known);
    known.programme = jsonLogic.apply(programme, known);
    return jsonLogic.apply(total, known);
  };
}
// The same as named rules, which it evaluates with their explanation.
async function byPublicodes() {
  const { default: Publicodes } = await import("publicodes");
  const yes = (held) => (held ? "oui" : "non");
  const engine = new Publicodes({
    income: 0, persons: 1, widowed: "non", divorced: "non", diseases: 0, disabilities: 0, elders: 0, orphans: 0, category: "non",
    parent: { variations: [{ si: "widowed", alors: 120000 }, { si: "divorced", alors: 80000 }, { sinon: 0 }] },
    deducted: { somme: ["parent", "diseases * 151500", "disabilities * 101000"] },
    countable: { valeur: "income - deducted", plancher: 0 },
    dibao: "countable < persons * 101000",
    "low income": { "toutes ces conditions": ["dibao = non", "countable < persons * 151500", "category"] },
    total: { variations: [
      { si: "dibao", alors: { somme: ["persons * 101000 - countable", "elders * 30300", "orphans * 156000"] } },
      { si: "low income", alors: 30300 }, { sinon: 0 },
    ] },
  }, { logger: { log() {}, warn() {}, error: console.error } });
  return (n) => {
    const stated = facts[n];
    engine.setSituation({ ...stated, widowed: yes(stated.widowed), divorced: yes(stated.divorced), category: yes(stated.category) });
    return engine.evaluate("total").nodeValue;
  };
}

const sides = {
  "module, with trace": () => module({}),
  "module, with trace, the README's two members": readme,
  "module, without trace": () => module({ trace: false }),
  "module, JSON text to JSON text": text,
  "JsonLogic": byJsonLogic,
  "Publicodes": byPublicodes,
};
const name = process.argv[3], side = await sides[name]();
console.log(JSON.stringify({ totals: households.map((_, n) => side(n, true)), node: process.version }));
for await (const line of createInterface({ input: process.stdin })) { // one round for each line
  const repeat = +line, began = process.hrtime.bigint();
  for (let i = 0; i < repeat; i++) for (let n = 0; n < households.length; n++) side(n);
  console.log(Number(process.hrtime.bigint() - began) / repeat / households.length);
}
