import { expect, test } from 'vitest';
import { runHere } from '../helpers/command-here.js';
import { createHome, runMeshbar } from '../helpers/terminal.js';

function expectUsageError({ code, stdout, stderr }: { code: unknown; stdout: string; stderr: string }, words: string) {
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^meshbar: [^\n]+\n$/);
  expect(stderr).toContain(words);
}

test.each([
  ['an empty key', ['proxy', '--bearer', ''], '--bearer needs a key: it must not be empty.'],
  ['a blank key', ['proxy', '--bearer', ' '], '--bearer needs a key: it must not be empty.'],
  ['a key no HTTP field can carry', ['proxy', '--bearer', 'schlüssel'], '--bearer takes printable ASCII'],
  ['a key and no keys', ['proxy', '--bearer', 'k', '--insecure'], '--bearer and --insecure contradict each other'],
  [
    'a variable that is not set',
    ['proxy', '--token-from-env', 'NO_SUCH'],
    'the environment variable NO_SUCH is not set',
  ],
  ['a port beyond the last', ['proxy', '--port', '65536'], 'The option --port <number> can’t be 65536.'],
  ['a port below the first', ['proxy', '--port', '-1'], 'The option --port <number> can’t be -1.'],
  ['a port that is none', ['proxy', '--port', '80a'], 'Give a port from 0 to 65535.'],
  ['no key on the network', ['proxy', '--insecure', '--host', '0.0.0.0'], '--insecure on 0.0.0.0 lets anyone'],
  ['no key on the network, IPv6', ['proxy', '--insecure', '--host', '[::]'], '--insecure on :: lets anyone'],
  ['a host that is a URL', ['proxy', '--host', 'http://127.0.0.1'], 'Give an address such as 127.0.0.1'],
  ['an address that is no URL', ['proxy', '--api-url', 'api.meshagent.com'], 'It must be an http or https URL.'],
  [
    'a shell nobody knows',
    ['proxy', '--shell', 'tcsh'],
    'The option --shell <name> can’t be tcsh. It must be one of sh, fish, powershell, cmd, dotenv, json.',
  ],
  ['a drain that is no number', ['proxy', '--drain', 'soon'], 'It must be a number of seconds'],
  ['a collector that is no URL', ['proxy', '--otlp', 'collector'], 'Give an http or https address'],
  ['a collector in the clear', ['proxy', '--otlp', 'http://192.0.2.1:4318'], 'must be https, except on this machine'],
  ['a way to export without exporting', ['proxy', '--otlp-insecure'], '--otlp-insecure says how to export'],
  ['a dashboard of JSON', ['proxy', '--tui', '--json'], '--tui and --json contradict each other'],
  ['an origin with a path', ['proxy', '--allow-origin', 'http://localhost:3000/app'], 'An origin looks like'],
  ['an option nobody knows', ['proxy', '--prot', '1'], 'Unknown option --prot. Did you mean --port?'],
  ['a command nobody knows', ['prxy'], 'Unknown command prxy. Did you mean proxy?'],
  ['two forms at once', ['usage', '--json', '--csv'], 'The option --json can’t be used with the option --csv.'],
])('%s is a usage error', async (_name, args, expected) => {
  expectUsageError(await runHere(args, createHome().env), expected);
});

test.each([
  ['a dashboard without a terminal', ['proxy', '--tui'], '--tui needs a terminal'],
  ['an argument too many', ['proxy', 'now'], 'Too many arguments: now.'],
  ['a time nobody understands', ['usage', '--since', 'yesterday'], '--since does not understand “yesterday”.'],
  ['a day there is not', ['usage', '--since', '2026-02-31'], '--since does not understand “2026-02-31”.'],
  ['an end before the beginning', ['usage', '--since', '1d', '--until', '2d'], '--until is before --since.'],
])('%s is a usage error of the built command', async (_name, args, expected) => {
  expectUsageError(await runMeshbar(args, createHome().env), expected);
});

test.each([
  [['proxy', '--bearer', 'secrét-of-mine']],
  [['proxy', '--bearer', 'secret-of-mine', '--insecure']],
  [['proxy', '--bearer', 'secret-of-mine', '--port', 'secret-of-mine']],
  [['proxy', '--api-url', 'ftp://me:secret-of-mine@example.org']],
])('what is said of wrong options holds no secret: %j', async (args) => {
  const { code, stderr } = await runHere(args, createHome().env);
  expect(code).toBe(2);
  expect(stderr).not.toMatch(/of-mine/);
});

test.concurrent('no command at all shows the help', async () => {
  const { code, stderr } = await runMeshbar([], createHome().env);
  expect(code).toBe(2);
  expect(stderr).toContain('Usage: meshbar');
});

test.each([['--help'], ['--version']])('%s is no error', async (option) => {
  const { code, stdout, stderr } = await runMeshbar([option], createHome().env);
  expect(code).toBe(0);
  expect(stdout).not.toBe('');
  expect(stderr).toBe('');
});

test.concurrent('the hidden option of `npm start` is not in the help', async () => {
  const { stdout } = await runMeshbar(['proxy', '--help'], createHome().env);
  expect(stdout).toContain('--demo');
  expect(stdout).not.toContain('--or-demo');
});
