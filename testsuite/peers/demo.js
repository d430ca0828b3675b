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
