// node.mjs FILE PACKAGE? - calls on Node.js what is asked on standard input, a JSON array of [name,
// arguments] in which functions are called in order, and prints a JSON array of the results.
// FILE is a core module; with the folder of jco's transpiler as PACKAGE, a component.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const [file, folder] = process.argv.slice(2);
const bytes = await readFile(file);

async function component() {
  const { transpileBytes } = await import(pathToFileURL(path.join(folder, 'dist/index.js')));
  const { files } = await transpileBytes(bytes, {
    name: 'c', instantiation: 'async', wasiShim: false, emitTypescriptDeclarations: false,
  });
  const source = Buffer.from(files['c.js']).toString('base64');
  const { instantiate } = await import(`data:text/javascript;base64,${source}`);
  return instantiate((name) => WebAssembly.compile(files[name]), {});
}

async function core() {
  const env = { abort: () => { throw new Error('abort was called'); } };
  const { instance } = await WebAssembly.instantiate(bytes, { env });
  return instance.exports;
}

// JSON has no NaN, no 64-bit integers and no typed arrays.
function plain(value) {
  if (typeof value === 'bigint') return value.toString();
  if (ArrayBuffer.isView(value)) return Array.from(value, plain);
  return value;
}

const calls = JSON.parse(await text(process.stdin));
const made = await (folder ? component() : core());
const results = [];
for (const [name, args] of calls) results.push(await made[name](...args));
console.log(JSON.stringify(results, (_, value) => plain(value)));
