// Chance with a fixed seed: each part of the town draws from a stream of its own, so that a change in one part leaves
// the others as they were.

/** A stream of numbers in [0, 1), the same on every machine (mulberry32 over an FNV-1a hash of the name). */
export function stream(name) {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`潮見野 ${name}`)) {
    state = Math.imul(state ^ byte, 0x01000193) >>> 0;
  }
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    /** between `low` and `high` */
    between: (low, high) => low + (high - low) * next(),
    /** a whole number from `low` to `high`, both possible */
    whole: (low, high) => low + Math.floor((high - low + 1) * next()),
    pick: (items) => items[Math.floor(next() * items.length)],
    /** about normal, mean 0, deviation 1 (sum of twelve: no logarithms that might differ by a last digit) */
    normal: () => {
      let sum = -6;
      for (let i = 0; i < 12; i += 1) sum += next();
      return sum;
    },
  };
}
