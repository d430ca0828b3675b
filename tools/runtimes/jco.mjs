// jco.mjs - the adapter of jco: a component becomes a JavaScript module, which Node.js runs.
// spec/runtimes.md is the protocol; tools/runtimes/jco starts this with the folder of the package.
//
// jco gives names, options, results and lists of numbers forms of their own in JavaScript, which depend
// on where they stand; the types of the request say which.
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const version = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'))).version;
const { transpileBytes } = await import(pathToFileURL(path.join(folder, 'dist/index.js')));

const FEATURES = ['realloc', 'async'];
const INTEGERS = ['s8', 'u8', 's16', 'u16', 's32', 'u32'];
const WIDE = ['s64', 'u64'];
const ARRAYS = {
  u8: Uint8Array, s8: Int8Array, u16: Uint16Array, s16: Int16Array, u32: Uint32Array,
  s32: Int32Array, u64: BigUint64Array, s64: BigInt64Array, f32: Float32Array, f64: Float64Array,
};

const definitions = new Map();
const instances = new Map();

class Outcome extends Error {
  constructor(outcome, text) {
    super(text);
    this.outcome = outcome;
  }
}

// ---- names ----

const camel = (name) => name.replace(/-(.)/g, (_, c) => c.toUpperCase());

// ---- values ----

function bitsToFloat(type, hex) {
  const view = new DataView(new ArrayBuffer(8));
  if (type === 'f32') {
    view.setUint32(0, Number(hex));
    return view.getFloat32(0);
  }
  view.setBigUint64(0, BigInt(hex));
  return view.getFloat64(0);
}

function floatFrom(type, value) {
  if (typeof value === 'number') return value;
  if (value.startsWith('nan:')) return bitsToFloat(type, value.slice(4));
  return { inf: Infinity, '-inf': -Infinity, '-0': -0 }[value];
}

function floatTo(value) {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0' : value;
}

const only = (object) => Object.entries(object)[0];
const isOption = (type) => typeof type === 'object' && type !== null && 'option' in type;
const caseType = (cases, name) => cases.find(([n]) => n === name)?.[1] ?? null;
const payload = (type, value, convert) => (type === null ? undefined : convert(type, value));

const FROM = {
  list: (t, v) => (t in ARRAYS ? ARRAYS[t].from(v, (x) => from(t, x)) : v.map((x) => from(t, x))),
  tuple: (ts, v) => v.map((x, i) => from(ts[i], x)),
  record: (fields, v) => Object.fromEntries(fields.map(([n, t]) => [camel(n), from(t, v[n])])),
  variant(cases, v) {
    const [tag, inner] = only(v);
    return { tag, val: payload(caseType(cases, tag), inner, from) };
  },
  enum: (_, v) => v,
  flags: (names, v) => Object.fromEntries(names.map((n) => [camel(n), v.includes(n)])),
  option(t, v) {
    if (!('some' in v)) return isOption(t) ? { tag: 'none' } : undefined;
    return isOption(t) ? { tag: 'some', val: from(t, v.some) } : from(t, v.some);
  },
  result(ts, v) {
    const [tag, inner] = only(v);
    return { tag, val: payload(ts[tag === 'ok' ? 0 : 1], inner, from) };
  },
};

function from(type, value) {
  if (typeof type === 'object') {
    const [kind, inner] = only(type);
    if (!(kind in FROM) || 'length' in type) throw new Outcome('unsupported', `values: ${kind}`);
    return FROM[kind](inner, value);
  }
  if (WIDE.includes(type)) return BigInt(value);
  if (type === 'f32' || type === 'f64') return floatFrom(type, value);
  if (INTEGERS.includes(type) || ['bool', 'char', 'string'].includes(type)) return value;
  throw new Outcome('unsupported', `values of type ${type}`);
}

const TO = {
  list: (t, v) => Array.from(v, (x) => to(t, x)),
  tuple: (ts, v) => ts.map((t, i) => to(t, v[i])),
  record: (fields, v) => Object.fromEntries(fields.map(([n, t]) => [n, to(t, v[camel(n)])])),
  variant: (cases, v) => ({ [v.tag]: payload(caseType(cases, v.tag), v.val, to) ?? null }),
  enum: (_, v) => v,
  flags: (names, v) => names.filter((n) => v[camel(n)]),
  option(t, v) {
    if (isOption(t)) return v.tag === 'some' ? { some: to(t, v.val) } : { none: null };
    return v === undefined || v === null ? { none: null } : { some: to(t, v) };
  },
  result: (ts, v) => ({ [v.tag]: payload(ts[v.tag === 'ok' ? 0 : 1], v.val, to) ?? null }),
};

function to(type, value) {
  if (typeof type === 'object') {
    const [kind, inner] = only(type);
    if (!(kind in TO) || 'length' in type) throw new Outcome('unsupported', `values: ${kind}`);
    return TO[kind](inner, value);
  }
  if (WIDE.includes(type)) return String(value);
  if (type === 'f32' || type === 'f64') return floatTo(value);
  if (INTEGERS.includes(type) || ['bool', 'char', 'string'].includes(type)) return value;
  return 'handle';
}

// ---- requests ----

const isResult = (type) => typeof type === 'object' && type !== null && 'result' in type;

// What was thrown while wasm ran. Errors of jco's own JavaScript are how it traps, too.
function thrown(error) {
  const text = `${error?.name ?? 'thrown'}: ${error?.message ?? error}`;
  if (error instanceof Outcome) return error;
  if (error instanceof RangeError && /call stack/.test(text)) return new Outcome('exhausted', text);
  if (error instanceof WebAssembly.Exception) return new Outcome('exception', text);
  if (error instanceof WebAssembly.LinkError) return new Outcome('unlinkable', text);
  return new Outcome('trap', text);
}

// The transpiler, itself a component, has trapped: it cannot be entered again.
function crash(error) {
  console.error(`the transpiler: ${error}`);
  process.exit(70);
}

async function define({ definition, kind, binary }) {
  const bytes = Buffer.from(binary, 'base64');
  if (kind === 'module') throw new Outcome('unsupported', 'core modules');
  try {
    const { files } = await transpileBytes(bytes, {
      name: 'c', instantiation: 'async', wasiShim: false, asyncMode: 'jspi',
      emitTypescriptDeclarations: false, multiMemory: true,
    });
    definitions.set(definition, files);
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) crash(error);
    const text = String(error?.payload ?? error?.message ?? error);
    // jco takes what WIT can describe, and needs exceptions for nothing.
    const lacks =
      /not (yet )?(implemented|supported)|was not a function or instance|failed to decode WIT|proposal not enabled/;
    throw new Outcome(lacks.test(text) ? 'unsupported' : 'refused', text);
  }
  return { outcome: 'done' };
}

async function instantiate({ instance, definition, imports }) {
  if (Object.keys(imports).length) throw new Outcome('unsupported', 'imports');
  const files = definitions.get(definition);
  const source = Buffer.from(files['c.js']).toString('base64');
  const unique = `#${instance}-${instances.size}-${Math.random()}`;
  let made;
  try {
    made = await import(`data:text/javascript;base64,${source}${unique}`);
  } catch (error) {
    throw new Outcome('exception', `the module that jco made: ${error}`);
  }
  try {
    instances.set(instance, await made.instantiate((name) => WebAssembly.compile(files[name]), {}));
  } catch (error) {
    throw thrown(error);
  }
  return { outcome: 'done' };
}

function find(instance, name) {
  let at = instances.get(instance);
  for (const part of name.split('#')) at = at?.[part] ?? at?.[camel(part)];
  if (typeof at !== 'function') throw new Outcome('unsupported', `no export ${name} in JavaScript`);
  return at;
}

// A function whose result is a result returns the value of ok, and throws that of err.
function returned(type, value) {
  if (type === null) return { outcome: 'returned' };
  if (!isResult(type)) return { outcome: 'returned', value: to(type, value) };
  return { outcome: 'returned', value: to(type, { tag: 'ok', val: value }) };
}

async function invoke({ instance, function: name, params, args, result }) {
  const f = find(instance, name);
  const values = args.map((v, i) => from(params[i], v));
  let value;
  try {
    value = await f(...values);
  } catch (error) {
    if (isResult(result) && error?.constructor?.name === 'ComponentError')
      return { outcome: 'returned', value: to(result, { tag: 'err', val: error.payload }) };
    throw thrown(error);
  }
  try {
    return returned(result, value);
  } catch (error) {
    if (error instanceof RangeError) throw new Outcome('unsupported', `a result of this size: ${error}`);
    throw error;
  }
}

const table = {
  hello: () => ({
    outcome: 'hello', protocol: 1, name: 'jco', version: `${version}, Node.js ${process.version}`,
    features: FEATURES, always: FEATURES, accepts: ['binary', 'instance'],
  }),
  reset() {
    definitions.clear();
    instances.clear();
    return { outcome: 'done' };
  },
  define,
  instantiate,
  invoke,
};

async function answer(line) {
  let id = null;
  try {
    const request = JSON.parse(line);
    if (Number.isInteger(request?.id)) id = request.id;
    if (id === null) throw new Error('a request has a number as its id');
    if (!Object.hasOwn(table, request.do))
      return { id, outcome: 'unsupported', text: `no such request here: ${request.do}` };
    return { id, ...(await table[request.do](request)) };
  } catch (error) {
    if (error instanceof Outcome) return { id, outcome: error.outcome, text: error.message };
    return { id, outcome: 'error', text: String(error) };
  }
}

// What nobody waits for any more: a task that goes on after its caller has its result.
process.on('unhandledRejection', (error) => console.error(String(error)));
console.log = console.error;
function write(reply) {
  let text;
  try {
    text = JSON.stringify(reply);
  } catch (error) {
    text = JSON.stringify({ id: reply.id, outcome: 'unsupported', text: `the answer: ${error}` });
  }
  fs.writeSync(1, `${text}\n`);
}

for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity }))
  if (line.trim()) write(await answer(line));
