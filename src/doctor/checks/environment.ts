import type { Message } from '../../words/index.js';
import { say } from '../../words/say.js';
import { type Check, type Found, findingsOf } from '../check.js';
import { filesWithVariables, readAssignments } from '../environment/assignments.js';
import { type Issue, judgeVariables, KEYS, leadsToUs, type Standard, WATCHED } from '../environment/judge-variables.js';
import type { Facts } from '../facts.js';

const found = findingsOf('environment');
const { note, ok } = found;

/** Variables that contradict ours: in this shell, in the start files of shells, and in .env of this folder. */
export const environmentCheck: Check = { name: 'environment', run };

async function run(facts: Facts): Promise<Found[]> {
  const { env, isShell, homedir, cwd, platform } = facts.context;
  const here: Message = say(isShell ? 'doctor.environment.thisShell' : 'doctor.environment.ourStart');
  const shell = new Map(WATCHED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const])));
  const files = await Promise.all(
    filesWithVariables(homedir, cwd, env).map(async (file) => ({
      file,
      assignments: await readAssignments(file, WATCHED),
    })),
  );
  const all = [...shell, ...files.flatMap(({ assignments }) => assignments.map(({ name, value }) => [name, value]))];
  const expected = await standardFor(
    facts,
    all.flatMap(([name = '', key = '']) => (KEYS.includes(name) ? [key] : [])),
  );
  /** By issue and variable: one that is in two places is one finding. */
  const issues = new Map<string, { issue: Issue; places: Message[] }>();
  const add = (issue: Issue, place: Message) => {
    const key = `${issue.variable} ${JSON.stringify(issue.title)}`;
    const known = issues.get(key);
    if (known) known.places.push(place);
    else issues.set(key, { issue, places: [place] });
  };

  for (const issue of judgeVariables(shell, expected)) add(issue, here);
  for (const { file, assignments } of files) {
    if (assignments.length === 0) continue;
    // A file says what a later shell will have, or what a tool adds to this one.
    const later = new Map([...shell, ...assignments.map(({ name, value }) => [name, value] as const)]);
    for (const issue of judgeVariables(later, expected)) {
      const cause = assignments.find(({ name }) => name === issue.variable);
      if (cause) add(issue, say('doctor.environment.line', { file, line: String(cause.line) }));
    }
  }
  const findings = [...issues.values()].map(({ issue, places }) =>
    found[issue.status](issue.what, {
      title: issue.title,
      meaning: issue.meaning,
      remedy: { text: issue.remedy },
      details: places,
    }),
  );
  // Tools are started elsewhere: what the app itself has or lacks is no sign.
  if (!isShell) return findings;
  if (leadsToUs(shell, expected)) {
    if (findings.length === 0) findings.push(ok('set', { title: say('doctor.environment.set') }));
  } else if (![...issues.values()].some(({ places }) => places.includes(here))) {
    const command = platform === 'win32' ? 'meshbar env | Out-String | Invoke-Expression' : 'eval "$(meshbar env)"';
    findings.push(
      note('unset', {
        title: say('doctor.environment.unset'),
        remedy: { text: say('doctor.environment.unsetRemedy'), command },
      }),
    );
  }
  return findings;
}

/** The verdict on each key is asked for once, before anything is judged. */
async function standardFor(facts: Facts, keys: readonly string[]): Promise<Standard> {
  const { url, insecure, takes } = await facts.expected();
  const verdicts = new Map(
    insecure ? [] : await Promise.all([...new Set(keys)].map(async (key) => [key, await takes(key)] as const)),
  );
  return { url, insecure, takes: (key) => verdicts.get(key) };
}
