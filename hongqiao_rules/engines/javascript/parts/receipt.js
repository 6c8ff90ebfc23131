// The receipt: a digest of the rules, the readings, the date and the stated facts.

function sha256(text) {
  const bytes = new TextEncoder().encode(text), size = ((bytes.length + 8) >> 6 << 4) + 16;
  const words = new Int32Array(size), w = new Int32Array(64);
  for (let i = 0; i < bytes.length; i++) words[i >> 2] |= bytes[i] << (24 - (i & 3) * 8);
  words[bytes.length >> 2] |= 0x80 << (24 - (bytes.length & 3) * 8);
  words[size - 1] = bytes.length * 8;
  const h = Int32Array.from(SHA.start);
  for (let at = 0; at < size; at += 16) {
    let a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], z = h[7];
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
    h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += z; // modulo 2^32, as the array is
  }
  return [...h].map((v) => (v >>> 0).toString(16).padStart(8, "0")).join("");
}
const SHA = (() => { // the first 32 bits of the fractions of square and cube roots of primes, in integer arithmetic
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

// The stated fields as JSON, in vocabulary order; bits has the stated fields, at(definition, name) returns a value.
function written(defs, bits, at, also) {
  const parts = [];
  Object.keys(defs).forEach((name, number) => {
    if (bits & (1 << number)) parts.push(JSON.stringify(name) + ":" + writtenField(defs[name], at(defs[name], name)));
    if (also && number === 0) parts.push(also);
  });
  return "{" + parts.join(",") + "}";
}
function writtenField(def, value) {
  if (def.kind === "money") return `"${yuan(value)}"`;
  if (def.kind === "date") return `"${day(value)}"`;
  if (def.kind === "records") return "[" + value.map((item) => written(def.fields, -1, (_, name) => item[name])).join(",") + "]";
  return JSON.stringify(value);
}
function receipt(seed, { s, on, bits, named }) {
  const members = bits.slice(1).map((mask, n) => written(MEMBER, mask, (def) => (named[def.slot] ?? s[def.slot])[n]));
  const household = written(HOUSEHOLD, bits[0], (def) => s[def.slot], CONTAINED === null ? "" : `"${CONTAINED}":[${members.join(",")}]`);
  return "sha256:" + sha256(seed + "\n" + on + "\n" + household);
}
