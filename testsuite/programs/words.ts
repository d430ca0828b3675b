// words.ts - a program in AssemblyScript: strings, arrays, maps, classes, garbage. tools/programs builds
// it with asc, and compares what the functions return here with what they return on Node.js.

class Entry {
  constructor(public word: string, public count: i32) {}
}

/** Made-up words, counted and sorted by count and text; a hash of them. */
export function count_words(n: i32): i64 {
  const counts = new Map<string, i32>();
  let state: u32 = n;
  for (let i = 0; i < n; i++) {
    state = state * 1664525 + 1013904223;
    const word = "ab".repeat(state >> 28) + (state >> 20 & 15).toString();
    counts.set(word, counts.has(word) ? counts.get(word) + 1 : 1);
  }
  const keys = counts.keys();
  const entries: Entry[] = [];
  for (let i = 0; i < keys.length; i++) entries.push(new Entry(keys[i], counts.get(keys[i])));
  entries.sort((a, b) => (a.count != b.count ? b.count - a.count : a.word < b.word ? -1 : 1));
  let hash: u64 = 14695981039346656037;
  for (let i = 0; i < entries.length; i++) {
    const line = `${entries[i].word}=${entries[i].count}`;
    for (let k = 0; k < line.length; k++) hash = (hash ^ line.charCodeAt(k)) * 1099511628211;
  }
  return hash;
}

/** Numbers as text and back; their sum. */
export function texts(n: i32, step: f64): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < n; i++) sum += parseFloat((step * i).toString());
  return sum;
}

/** Sorts in place; how many numbers are where they belong. */
export function sort_numbers(n: i32): i32 {
  const numbers = new Array<f64>(n);
  for (let i = 0; i < n; i++) numbers[i] = Math.sin(i) * 1000;
  numbers.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  let good = 1;
  for (let i = 1; i < n; i++) good += i32(numbers[i - 1] <= numbers[i]);
  return good;
}
