/**
 * Asks the registry for known holes in what ships: the packages that src imports and what those need. All are dev
 * dependencies, since the build bundles them, so `npm audit --omit=dev` would look at nothing. Fails for a high or
 * critical one; where the registry does not answer, says so and passes.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';

interface Lock {
  readonly packages: Readonly<
    Record<string, { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> } | undefined>
  >;
}
interface Audit {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
}

const nameOf = (specifier: string) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

function imported(): Set<string> {
  const names = new Set<string>();
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file)) continue;
    const source = readFileSync(path.join('src', file), 'utf8').replace(/^import type [^;]*;$/gm, '');
    for (const [, specifier = ''] of source.matchAll(
      /(?:from|import|import\s*\(|require\s*\()\s*['"]([^.'"][^'"]*)['"]/g,
    )) {
      if (!isBuiltin(specifier) && specifier !== 'electron') names.add(nameOf(specifier));
    }
  }
  return names;
}

function withDependencies(names: Set<string>): Set<string> {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
  const queue = [...names];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const entry = lock.packages[`node_modules/${name}`];
    for (const dependency of Object.keys({ ...entry?.dependencies, ...entry?.optionalDependencies })) {
      if (names.has(dependency)) continue;
      names.add(dependency);
      queue.push(dependency);
    }
  }
  return names;
}

const shipped = withDependencies(imported());
const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8' });
let audit: Audit = {};
try {
  audit = JSON.parse(stdout) as Audit;
} catch {}
if (audit.vulnerabilities === undefined) {
  console.log(`Known holes in the ${shipped.size} packages that ship: not checked, the registry does not answer.`);
} else {
  const found = Object.entries(audit.vulnerabilities).filter(
    ([name, { severity }]) => shipped.has(name) && (severity === 'high' || severity === 'critical'),
  );
  for (const [name, { severity, range }] of found) console.error(`${name} ${range}: ${severity}`);
  console.log(`Known holes in the ${shipped.size} packages that ship: ${found.length} high or critical.`);
  if (found.length > 0) process.exitCode = 1;
}
