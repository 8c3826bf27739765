import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MESHBAR } from '../helpers/terminal.js';

/** A built file and all that it imports when it is loaded, not what it imports later. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^'"\n]*["'](\.\/[^"']+)["']/gm);
  for (const [, name] of imports) loadedWith(path.join(path.dirname(file), name as string), seen);
  return seen;
}

function chunk(name: string): string {
  const folder = path.dirname(MESHBAR);
  const pattern = new RegExp(`import\\("\\./(${name}-[^"]+\\.js)"\\)`);
  for (const file of loadedWith(MESHBAR)) {
    const found = pattern.exec(readFileSync(file, 'utf8'))?.[1];
    if (found) return path.join(folder, found);
  }
  throw new Error(`Nobody loads ${name} later.`);
}

function textOf(files: Set<string>): string {
  return [...files].map((file) => readFileSync(file, 'utf8')).join('\n');
}

const ALTERNATE_SCREEN = /\[\?1049h/;

test('the dashboard is loaded where it is shown', () => {
  const proxy = loadedWith(chunk('proxy-command'));
  expect(textOf(proxy)).not.toMatch(ALTERNATE_SCREEN);
  const dashboard = /import\("\.\/(open-dashboard-[^"]+\.js)"\)/.exec(textOf(proxy))?.[1];
  expect(textOf(loadedWith(path.join(path.dirname(MESHBAR), dashboard as string)))).toMatch(ALTERNATE_SCREEN);
});

test('the simulator is loaded for a demo alone', () => {
  const proxy = textOf(loadedWith(chunk('proxy-command')));
  expect(proxy).toMatch(/import\("\.\/simulator-/);
  expect(proxy).not.toMatch(/prj_simulated/);
});

const OPENTELEMETRY = /gen_ai\.client\.token\.usage|ExportResultCode/;

test('OpenTelemetry is loaded for those alone who switched it on', () => {
  const proxy = textOf(loadedWith(chunk('proxy-command')));
  expect(proxy).not.toMatch(OPENTELEMETRY);
  const telemetry = /import\("\.\/(telemetry-[^"]+\.js)"\)/.exec(proxy)?.[1];
  expect(textOf(loadedWith(path.join(path.dirname(MESHBAR), telemetry as string)))).toMatch(OPENTELEMETRY);
});
