/**
 * The imports that must never exist: a request enters at the top and its figures leave at the bottom, two shells stand
 * on one engine, and each room knows only those below it. All imports of src are read, type imports too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const SHELLS = ['main', 'preload', 'renderer', 'terminal'];
const ELECTRON = ['electron', 'electron/*', 'electron-*', 'menubar'];
const REACT = ['react', 'react/*', 'react-*', 'recharts'];

interface Import {
  /** Path from the root, such as "src/engine/engine.ts". */
  readonly file: string;
  /** A package or "node:..." as written, or the path of a file of ours without its ending. */
  readonly target: string;
  /** Leaves nothing behind when the types are gone. */
  readonly typeOnly: boolean;
}

const files = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:ts|tsx|mts|cts)$/.test(name))
  .map((name) => path.posix.join('src', name.replaceAll(path.sep, '/')));

const imports: readonly Import[] = files.flatMap((file) =>
  specifiersOf(readFileSync(path.join(ROOT, file), 'utf8')).map(({ specifier, typeOnly }) => ({
    file,
    typeOnly,
    target: specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), specifier).replace(/\.(?:js|ts|tsx|jsx|mjs)$/, '')
      : specifier,
  })),
);

/** Everything after `from`, `import` and `require(`: static, re-exported, dynamic and for types. */
function specifiersOf(source: string): { specifier: string; typeOnly: boolean }[] {
  const text = source.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
  const pattern =
    /(\b(?:import|export)\s+type\s[^'";]*)?\b(?:from|import|import\s*\(|require\s*\()\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(pattern)].map((match) => ({
    specifier: match[2] as string,
    typeOnly: match[1] !== undefined,
  }));
}

/** `pattern` is a folder or file of ours, a package, or either with "*" for any rest. */
function matches(target: string, pattern: string): boolean {
  if (pattern === 'node') return isBuiltin(target);
  if (pattern.endsWith('*')) return target.startsWith(pattern.slice(0, -1));
  return target === pattern || target.startsWith(`${pattern}/`);
}

const inside = (file: string, places: readonly string[]) =>
  places.some((place) => file.startsWith(`${place}/`) || file.replace(/\.tsx?$/, '') === place);

function importsOf(places: readonly string[]): Import[] {
  return imports.filter(({ file }) => inside(file, places));
}

const written = ({ file, target }: Import) => `${file} imports ${target}`;

test('imports are found at all, in every form', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(imports.length).toBeGreaterThan(200);
  expect(
    specifiersOf(
      [
        "import a from 'a';",
        "import { b } from 'b';",
        'import type { c } from "c";',
        "import 'd';",
        "export * from 'e';",
        "const f = await import('f');",
        "const g = require('g');",
        'import {\n  h,\n} from "h";',
        "type I = import('i').I;",
        "// import j from 'j';",
      ].join('\n'),
    ).map(({ specifier, typeOnly }) => (typeOnly ? `type ${specifier}` : specifier)),
  ).toEqual(['a', 'b', 'type c', 'd', 'e', 'f', 'g', 'h', 'i']);
});

test('every import of ours names a file that is there', () => {
  const known = new Set(files.map((file) => file.replace(/\.tsx?$/, '')));
  const ours = imports.filter(({ target }) => target.startsWith('src/') && !/\.(?:json|css|svg|png)$/.test(target));
  expect(ours.filter(({ target }) => !known.has(target)).map(written)).toEqual([]);
});

/** From the ground up: a room imports itself and those before it, types included, so there is no circle of rooms. */
const ROOMS = [
  'shared',
  'words',
  'settings',
  'files',
  'providers',
  'net',
  'session',
  'proxy',
  'meter',
  'pricing',
  'ledger',
  'limits',
  'billing',
  'telemetry',
  'engine',
  'tools',
  'doctor',
  'simulator',
  'main',
  'preload',
  'renderer',
  'terminal',
];

const roomOf = (file: string) => file.split('/')[1] as string;

test('every folder of src is a room of the list', () => {
  expect([...new Set(files.map(roomOf))].filter((room) => !ROOMS.includes(room))).toEqual([]);
});

test.each(ROOMS)('%s imports only rooms below it', (room) => {
  const found = importsOf([`src/${room}`]).filter(
    ({ target }) => target.startsWith('src/') && ROOMS.indexOf(roomOf(target)) > ROOMS.indexOf(room),
  );
  expect(found.map(written)).toEqual([]);
});

test.each([
  ['no room but the app', ROOMS.filter((room) => room !== 'main' && room !== 'preload'), ELECTRON],
  ['no room but the renderer', ROOMS.filter((room) => room !== 'renderer'), REACT],
  [
    'the renderer',
    ['renderer'],
    ['node', ...ROOMS.filter((room) => !['shared', 'words', 'settings', 'renderer'].includes(room))],
  ],
  ['the proxy', ['proxy'], ['meter', 'ledger']],
  ['the meter', ['meter'], ['proxy', 'ledger', 'session']],
  ['the ledger', ['ledger'], ['proxy', 'session']],
  ['the session', ['session'], ['meter', 'ledger']],
  ['the doctor', ['doctor'], SHELLS],
  ['the menubar app', ['main'], ['terminal', 'renderer']],
  ['the terminal', ['terminal'], ['main', 'preload', 'renderer']],
])('%s: none of what it must not know', (_name, rooms, forbidden) => {
  const patterns = forbidden.map((name) => (ROOMS.includes(name) ? `src/${name}` : name));
  const places = rooms.map((room) => `src/${room}`);
  const found = importsOf(places).filter(({ target }) => patterns.some((pattern) => matches(target, pattern)));
  expect(found.map(written)).toEqual([]);
});

test('what proxy and meter have in common is types alone', () => {
  const source = readFileSync(path.join(ROOT, 'src/shared/exchange.ts'), 'utf8');
  expect(source).not.toMatch(/^(?:export )?(?:async )?(?:function|const|let|class|enum) /m);
  expect(importsOf(['src/shared/exchange']).filter(({ typeOnly }) => !typeOnly)).toEqual([]);
});

test("OpenTelemetry's code is loaded by one file, and that one later", () => {
  const outside = imports.filter(
    ({ file, target, typeOnly }) =>
      !typeOnly &&
      matches(target, '@opentelemetry') &&
      // Names alone, of which a bundle keeps those that are used.
      !matches(target, '@opentelemetry/semantic-conventions') &&
      !inside(file, ['src/telemetry']),
  );
  expect(outside.map(written)).toEqual([]);
  const loading = imports.filter(({ target, typeOnly }) => target === 'src/telemetry/telemetry' && !typeOnly);
  expect(loading.map(({ file }) => file)).toEqual(['src/telemetry/open-telemetry.ts']);
  const source = readFileSync(path.join(ROOT, 'src/telemetry/open-telemetry.ts'), 'utf8');
  expect(source).toContain("await import('./telemetry.js')");
});

test('the engine takes zod/mini alone: zod itself would cost each idle proxy twice the code', () => {
  const engine = ROOMS.slice(0, ROOMS.indexOf('engine') + 1).filter((room) => room !== 'shared');
  const whole = importsOf(engine.map((room) => `src/${room}`)).filter(
    ({ target, typeOnly }) => target === 'zod' && !typeOnly,
  );
  expect(whole).toEqual([]);
});

test('shared imports nothing outside itself, zod apart', () => {
  const found = importsOf(['src/shared']).filter(
    ({ target }) => !target.startsWith('src/shared/') && !matches(target, 'zod'),
  );
  expect(found.map(written)).toEqual([]);
});

test('preload imports electron and shared, and nothing else', () => {
  const found = importsOf(['src/preload']).filter(
    ({ target }) => target !== 'electron' && !target.startsWith('src/shared/') && !target.startsWith('src/preload/'),
  );
  expect(found.map(written)).toEqual([]);
});

/** Files that compute and do nothing else, with all that they import. */
const PURE = [
  'src/pricing/pricing',
  'src/proxy/route',
  'src/proxy/headers',
  'src/shared/totals',
  'src/shared/env-block',
];

test.each(PURE)('%s has no effects, nor has what it imports', (start) => {
  const seen = new Set<string>();
  const queue = [start];
  const effects: string[] = [];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const entry of imports.filter((one) => one.file.replace(/\.tsx?$/, '') === file)) {
      if (entry.target.startsWith('src/')) queue.push(entry.target);
      else if (isBuiltin(entry.target) || ELECTRON.some((pattern) => matches(entry.target, pattern))) {
        effects.push(written(entry));
      }
    }
    const source = files.find((name) => name.replace(/\.tsx?$/, '') === file);
    const text = source === undefined ? '' : readFileSync(path.join(ROOT, source), 'utf8');
    if (/\bprocess\.|\bfetch\(|\bset(?:Timeout|Interval|Immediate)\(|\bconsole\./.test(text)) effects.push(file);
  }
  expect(seen.size).toBeGreaterThan(0);
  expect(files.some((name) => name.replace(/\.tsx?$/, '') === start)).toBe(true);
  expect(effects).toEqual([]);
});

test.each(['ipcMain', 'ipcRenderer'])('%s stands in one file', (name) => {
  const places = files.filter((file) =>
    new RegExp(`\\b${name}\\b`).test(readFileSync(path.join(ROOT, file), 'utf8').replace(/^\s*(?:\/\/|\*).*$/gm, '')),
  );
  expect(places.length).toBeLessThanOrEqual(1);
});

test('how long a day or an hour is, and what a dollar is in nano-USD, is written once', () => {
  const written = /\b(?:86_?400_?000|3_?600_?000|604_?800_?000|60 \* 60 \* 1000)\b|\bNANO_PER_USD =/;
  const places = files.filter((file) => written.test(readFileSync(path.join(ROOT, file), 'utf8')));
  expect(places).toEqual(['src/shared/money.ts']);
});

test('a name is exported once: one name, one thing', () => {
  const homes = new Map<string, Set<string>>();
  // The files of a catalogue are each one object, which its index joins.
  for (const file of files.filter((name) => !name.startsWith('src/words/en/'))) {
    const exported =
      /^export (?:declare )?(?:default )?(?:async )?(?:abstract )?(?:function\*?|class|interface|type|enum|const|let) (\w+)/gm;
    for (const [, name = ''] of readFileSync(path.join(ROOT, file), 'utf8').matchAll(exported)) {
      homes.set(name, (homes.get(name) ?? new Set()).add(file));
    }
  }
  const shared = [...homes].filter(([, places]) => places.size > 1);
  expect(shared.map(([name, places]) => `${name}: ${[...places].join(', ')}`)).toEqual([]);
});

/** Files below the shells whose sentences nobody reads in Meshbar itself. */
const SENTENCES_ELSEWHERE = [
  // For whoever adds a column: why one appears in some places alone, which a test demands.
  'src/shared/columns.ts',
  // Descriptions that OpenTelemetry sends with each metric, in English as its own.
  'src/telemetry/instruments.ts',
];

/** Strings and templates of several words that end a sentence, comments (SQL's, too) apart, and what a slip of ours throws. */
function sentencesOf(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)(?:\/\/|-- ).*$/gm, '$1');
  const literals = code.matchAll(
    /(new (?:Type|Range)?Error\(\s*)?(?:'((?:\\.|[^'\\\n])*)'|"((?:\\.|[^"\\\n])*)"|`((?:\\.|[^`\\])*)`)/g,
  );
  return [...literals]
    .filter(([, thrown]) => thrown === undefined)
    .map(([, , single, double, template]) => single ?? double ?? template?.replace(/\$\{[^{}]*\}/g, 'X') ?? '')
    .filter(
      (text) =>
        /[\w)”’][.?!…](?:\s+[A-Z]|\s*$)/.test(text) &&
        (text.match(/(?<![^\s(“])[A-Za-z][a-z’']*(?=[\s,.:;?!…)”]|$)/g) ?? []).length >= 3,
    );
}

test('sentences are recognised, and code is not', () => {
  const source = [
    "const a = 'The port is taken.';",
    'const b = `It could not be read. Try again`;',
    'const c = "Is it running?";',
    "// It's a remark. 'And this one is quoted.'",
    'const d = \'console.log((await model.invoke("Hello")).text);\';',
    "throw new TypeError('Lists of JSON are not edited.');",
    'const e = `SELECT a, b FROM c WHERE d = 1`;',
    "import f from './f.js';",
  ].join('\n');
  expect(sentencesOf(source)).toEqual(['The port is taken.', 'It could not be read. Try again', 'Is it running?']);
});

test.each(ROOMS.slice(0, ROOMS.indexOf('simulator')).filter((room) => room !== 'words'))(
  '%s hands up messages and errors, and holds no sentences',
  (room) => {
    const found = files
      .filter((file) => roomOf(file) === room && !SENTENCES_ELSEWHERE.includes(file))
      .flatMap((file) => sentencesOf(readFileSync(path.join(ROOT, file), 'utf8')).map((text) => `${file}: ${text}`));
    expect(found).toEqual([]);
  },
);

test('there are no circles, types apart', () => {
  const edges = new Map<string, string[]>();
  for (const { file, target, typeOnly } of imports) {
    if (!target.startsWith('src/') || typeOnly) continue;
    const from = file.replace(/\.tsx?$/, '');
    edges.set(from, [...(edges.get(from) ?? []), target]);
  }
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]) => {
    const at = trail.indexOf(file);
    if (at !== -1) circles.push([...trail.slice(at), file].join(' > '));
    if (at !== -1 || done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  expect(circles).toEqual([]);
});
