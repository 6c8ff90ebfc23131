// Operations of the rule language that JavaScript lacks, and the formats of amounts and dates.
// Money is an integer of fen. Every division is exact, because the remainder is subtracted first.

const quotient = (a, b) => (a - (a % b)) / b; // for a >= 0 and b > 0

function rounded(numerator, denominator, step, way) {
  const unit = denominator * step, size = Math.abs(numerator);
  let steps = way === "down" ? quotient(size, unit) : way === "up" ? quotient(size + unit - 1, unit) : quotient(2 * size + unit, 2 * unit);
  if (way === "half-even" && steps % 2 === 1 && 2 * size + unit === 2 * unit * steps) steps--;
  return numerator >= 0 ? steps * step : 0 - steps * step;
}
const years = (start, end) =>
  end >= start ? quotient(end - start, 10000) : 0 - quotient(start - end + 9999, 10000);
function largest(items, of) {
  let most = null;
  for (let i = 0; i < items.length; i++) {
    const value = of(items[i]);
    if (value !== null && (most === null || value > most)) most = value;
  }
  return most === null ? 0 : most;
}
const two = (n) => (n < 10 ? "0" + n : "" + n);
function yuan(fen) {
  return fen === 0 ? "0.00" : fen < 0 ? "-" + yuan(-fen) : (fen - (fen % 100)) / 100 + "." + two(fen % 100);
}
const day = (n) => String(quotient(n, 10000)).padStart(4, "0") + "-" + two(quotient(n, 100) % 100) + "-" + two(n % 100);
const entry = (rule, member, applied, value, failed, looked_at) => ({ rule, member, applied, value, failed, looked_at });
const own = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
