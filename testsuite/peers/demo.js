let seen = [];

export function greet(name) {
  return `hello ${name}`;
}

export function add(a, b) {
  return a + b;
}

export function remember(words) {
  seen.push(...words);
  return seen.length;
}

export function recall() {
  return seen;
}

export function total(name, numbers) {
  return [`${name}: ${numbers.join(' + ')}`, numbers.reduce((a, b) => a + b, 0)];
}
