import { isIP } from 'node:net';
import { Command, InvalidArgumentError, Option } from 'commander';
import { learnSecret } from '../core/secrets.js';
import { SHELLS, type Shell } from '../shared/env-block.js';
import { registerAccountCommands } from './account-commands.js';
import { EXIT, printProblem } from './output.js';
import { contradictionIn, type ProxyOptions } from './proxy-options.js';
import { registerToolCommands } from './tool-commands.js';
import type { UsageOptions } from './usage-command.js';
import { VERSION } from './version.js';

/** The `meshbar` command: options and their validation. What each command does stands in a file of its own. */
export function createProgram(): Command {
  const program = new Command('meshbar')
    .description('A local proxy for OpenAI and Anthropic models through MeshAgent.')
    .version(VERSION)
    // So that what follows the command of `meshbar run` is that command's.
    .enablePositionalOptions()
    .configureOutput({ outputError: (text) => printProblem(`${usageError(text)} See --help.`) })
    .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage));

  program
    .command('proxy')
    .description('run the proxy in this terminal')
    .option('--project-id <id>', 'MeshAgent project to use and bill', parseName)
    .option('--host <address>', 'address to listen on', parseHost, '127.0.0.1')
    .option('--port <number>', 'port to listen on, 0 for a free one', parsePort, 8766)
    .option('--bearer <key>', 'local key that clients must show', keepKey)
    .option('--token-from-env <name>', 'environment variable that holds the MeshAgent token', parseName)
    .option('--api-url <url>', 'base URL of MeshAgent', parseUrl)
    .option('--insecure', 'no local key: every local program may use the proxy', false)
    .option('--insecure-expose', 'allow --insecure beyond this machine', false)
    .option('--allow-host <name>', 'another Host name requests may use (repeatable)', collect, [])
    .option('--allow-origin <origin>', 'a web page that may call the proxy (repeatable)', collectOrigins, [])
    .option('--no-ask-usage', "do not ask for usage on a chat stream's behalf")
    .option('--drain <seconds>', 'how long stopping waits for requests in flight', parseSeconds, 10)
    .option('--tui', 'show the dashboard (default in a terminal)')
    .option('--no-tui', 'print a line for each exchange instead')
    .option('--json', 'print one JSON record for each exchange, nothing else', false)
    .option('--demo', 'run against the built-in simulator, with traffic of its own', false)
    .addOption(new Option('--or-demo', 'as --demo where there is no session or token').default(false).hideHelp())
    .addOption(shellOption())
    .action(async (given: ProxyOptions, command: Command) => {
      const options = { ...given, portIsGiven: command.getOptionValueSource('port') !== 'default' };
      const contradiction = contradictionIn(options, process.env, process.stdout.isTTY);
      if (contradiction !== undefined) command.error(contradiction);
      const { runProxy } = await import('./proxy-command.js');
      process.exitCode = await runProxy(options);
    });

  program
    .command('env')
    .description('print the exports for a shell: of the running proxy, else of the settings')
    .addOption(shellOption())
    .action(async ({ shell }: { shell: Shell }) => {
      const { runEnv } = await import('./env-command.js');
      process.exitCode = await runEnv(shell);
    });

  program
    .command('status')
    .description('say whether a proxy runs, and where')
    .option('--json', 'as JSON', false)
    .action(async (options: { json: boolean }) => {
      const { runStatus } = await import('./status-command.js');
      process.exitCode = await runStatus(options);
    });

  program
    .command('usage')
    .description('usage and estimated cost from the ledger')
    .option('--since <when>', 'such as 24h, 7d, 4w, or a date', '7d')
    .option('--until <when>', 'the same forms; a date counts whole')
    .addOption(new Option('--by <what>', 'rows by').choices(['model', 'tool', 'day']).default('model'))
    .addOption(new Option('--json', 'as JSON').default(false).conflicts('csv'))
    .option('--csv', 'as CSV', false)
    .action(async (options: UsageOptions) => {
      const { runUsage } = await import('./usage-command.js');
      process.exitCode = await runUsage(options);
    });

  registerToolCommands(program, {
    projectId: new Option('--project-id <id>', 'MeshAgent project to use and bill').argParser(parseName),
    port: new Option('--port <number>', 'port of a proxy of its own').argParser(parsePort),
    tokenFromEnv: new Option(
      '--token-from-env <name>',
      'environment variable that holds the MeshAgent token',
    ).argParser(parseName),
    apiUrl: new Option('--api-url <url>', 'base URL of MeshAgent').argParser(parseUrl),
  });
  registerAccountCommands(program, new Option('--api-url <url>', 'base URL of MeshAgent').argParser(parseUrl));

  return program;
}

/** "error: unknown option '--prot'\n(Did you mean --port?)\n" as one sentence. */
function usageError(text: string): string {
  const sentence = text
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ');
  return /[.?!)]$/.test(sentence) ? sentence : `${sentence}.`;
}

function shellOption(): Option {
  return new Option('--shell <name>', 'form of the exports (sh is for zsh and bash too)')
    .choices(SHELLS)
    .default(process.platform === 'win32' ? 'powershell' : 'sh');
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

/** An address or a name, without the brackets that a URL gives IPv6. */
function parseHost(text: string): string {
  const host = text.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) === 0 && !/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(host)) {
    throw new InvalidArgumentError('It must be an address such as 127.0.0.1 or ::1, or a host name.');
  }
  return host;
}

/** Whether it will do is looked at later: what is said of a wrong value here would repeat it. */
function keepKey(text: string): string {
  learnSecret(text);
  return text;
}

function parseName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

function parseUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError('It must be an http or https URL.');
  }
  return text;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() === '' || !Number.isFinite(seconds) || seconds < 0 || seconds > 86_400) {
    throw new InvalidArgumentError('It must be a number of seconds, at most a day.');
  }
  return seconds;
}

function collect(text: string, before: string[]): string[] {
  return [...before, text];
}

function collectOrigins(text: string, before: string[]): string[] {
  if (!URL.canParse(text) || new URL(text).origin !== text.replace(/\/$/, '')) {
    throw new InvalidArgumentError('An origin looks like http://localhost:3000.');
  }
  return [...before, text.replace(/\/$/, '')];
}
