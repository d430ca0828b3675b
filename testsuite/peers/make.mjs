// make.mjs SOURCE WIT OUT - a component without imports, from JavaScript.
import { readFile, writeFile } from 'node:fs/promises';
import { componentize } from '@bytecodealliance/componentize-js';

const [source, wit, out] = process.argv.slice(2);
const { component } = await componentize(await readFile(source, 'utf8'), {
  witWorld: await readFile(wit, 'utf8'),
  worldName: 'demo',
  disableFeatures: ['stdio', 'random', 'clocks', 'http', 'fetch-event'],
});
await writeFile(out, component);
