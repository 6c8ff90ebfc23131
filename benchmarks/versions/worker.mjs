// One checkout's exported module in Node: prints the median microseconds a household, with trace.
//
//     node worker.mjs MODULE CASES     (a file of JSON lines; the households of one window of dates are used)

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { assess } = await import(pathToFileURL(process.argv[2]));
const cases = readFileSync(process.argv[3], "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const households = cases
  .filter((c) => c.on >= "2020-09-01" && c.on <= "2021-06-30" && !("error" in c.expect))
  .slice(0, 40)
  .map((c) => c.household);
const times = [];
for (let round = 0; round < 400; round++) {
  const start = process.hrtime.bigint();
  for (const household of households) assess(household, "2020-10-01");
  if (round >= 150) times.push(Number(process.hrtime.bigint() - start) / 1000 / households.length);
}
times.sort((a, b) => a - b);
console.log(times[times.length >> 1]);
