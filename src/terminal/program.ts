import { Command, Option } from 'commander';
import { PRICE_LIST_URL } from '../pricing/price-list-url.js';
import { SHELLS, type Shell } from '../shared/env-block.js';
import { PROVIDER_TITLES } from '../shared/providers.js';
import { formatList } from '../words/format.js';
import { registerAccountCommands } from './account-commands.js';
import { registerBudgetCommands } from './budget-commands.js';
import type { DoctorCommandOptions } from './doctor-command.js';
import { registerKeyCommands } from './key-commands.js';
import {
  collect,
  collectOrigins,
  keepKey,
  parseHost,
  parseKeepDays,
  parseKeepSize,
  parseName,
  parsePort,
  parsePriceUrl,
  parseSeconds,
  parseUrl,
} from './option-values.js';
import { EXIT, printProblem } from './output.js';
import { contradictionIn, type ProxyOptions } from './proxy-options.js';
import { registerToolCommands } from './tool-commands.js';
import type { UsageOptions } from './usage-command.js';
import { registerUsageCommands } from './usage-commands.js';
import { VERSION } from './version.js';

/**
 * The `meshbar` command: options and their validation. What each command does stands in a file of its own. `end` is told
 * the exit code where it ends before a command has run; it must not return.
 */
export function createProgram(end: (code: number) => never = process.exit): Command {
  const program = new Command('meshbar')
    .description(`A local proxy for ${formatList(PROVIDER_TITLES)} models through MeshAgent.`)
    .version(VERSION)
    // What stands behind a command's name is that command's, also where one above it has an option of the same name.
    .enablePositionalOptions()
    .configureOutput({ outputError: (text) => printProblem(`${usageError(text)} See --help.`) })
    .exitOverride((error) => end(error.exitCode === 0 ? EXIT.ok : EXIT.usage));

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
    .option('--metrics', 'answer GET /metrics in the format of Prometheus', false)
    .option('--otlp [url]', 'export metrics and spans, without content, to an OTLP collector', parseUrl)
    .option('--otlp-insecure', 'allow --otlp over plain http beyond this machine', false)
    .option('--annotate-tool', 'tell MeshAgent which tool each request comes from', false)
    .option('--settle', 'label each request, and take from MeshAgent what those cost that were cut', false)
    .option('--drain <seconds>', 'how long stopping waits for requests in flight', parseSeconds, 10)
    .addOption(
      new Option('--keep-days <days>', 'take single usage records away after so many days (default: never)')
        .env('MESHBAR_KEEP_DAYS')
        .argParser(parseKeepDays),
    )
    .addOption(
      new Option('--keep-size <megabytes>', 'take the oldest away when the ledger grows beyond this (default: never)')
        .env('MESHBAR_KEEP_SIZE')
        .argParser(parseKeepSize),
    )
    .addOption(
      new Option('--update-prices [url]', 'fetch the public price list once a day')
        .env('MESHBAR_UPDATE_PRICES')
        .preset(PRICE_LIST_URL)
        .argParser(parsePriceUrl),
    )
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
    .command('doctor')
    .description('look for what keeps tools, proxy and MeshAgent apart, and say what to do')
    .option('--port <number>', 'port to look at where no proxy runs', parsePort)
    .addOption(new Option('--json', 'as JSON').default(false).conflicts('report'))
    .option('--report', 'as Markdown to paste into an issue, without secrets and personal data', false)
    .action(async (options: DoctorCommandOptions) => {
      const { runDoctorCommand } = await import('./doctor-command.js');
      process.exitCode = await runDoctorCommand(options);
    });

  const usage = program
    .command('usage')
    .description('usage and estimated cost from the ledger')
    .option('--since <when>', 'such as 24h, 7d, 4w, or a date', '7d')
    .option('--until <when>', 'the same forms; a date counts whole')
    .addOption(
      new Option('--by <what>', 'rows by').choices(['model', 'tool', 'day', 'key', 'project']).default('model'),
    )
    .addOption(new Option('--json', 'as JSON').default(false).conflicts('csv'))
    .option('--csv', 'as CSV', false)
    .addOption(new Option('--billed', 'beside what MeshAgent billed, by day and model').default(false).conflicts('by'))
    .action(async (options: UsageOptions) => {
      const { runUsage } = await import('./usage-command.js');
      process.exitCode = await runUsage(options);
    });

  registerUsageCommands(usage);
  registerKeyCommands(program);
  registerBudgetCommands(program);
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
