import { Command, Option } from 'commander';
import type { Shell } from '../shared/env-block.js';
import { PROVIDER_TITLES } from '../shared/providers.js';
import { formatList } from '../words/format.js';
import { t } from '../words/index.js';
import { registerAccountCommands } from './account-commands.js';
import { registerBudgetCommands } from './budget-commands.js';
import type { DoctorCommandOptions } from './doctor-command.js';
import { registerKeyCommands } from './key-commands.js';
import { EXIT, printProblem } from './output.js';
import { contradictionIn, OPTION_SETTINGS, type ProxyOptions, proxyOptions } from './proxy-options.js';
import { settingOffOption, settingOption } from './setting-option.js';
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

  const proxy = program.command('proxy').description('run the proxy in this terminal');
  for (const name of OPTION_SETTINGS) {
    proxy.addOption(settingOption(name));
    if (name === 'tui') proxy.addOption(settingOffOption(name));
  }
  proxy.action(async (given: Partial<ProxyOptions>, command: Command) => {
    const options = { ...proxyOptions(given), portIsGiven: command.getOptionValueSource('port') !== 'default' };
    const contradiction = contradictionIn(options, process.env, process.stdout.isTTY);
    if (contradiction !== undefined) command.error(contradiction);
    const { runProxy } = await import('./proxy-command.js');
    process.exitCode = await runProxy(options);
  });

  program
    .command('env')
    .description('print the exports for a shell: of the running proxy, else of the settings')
    .addOption(settingOption('shell'))
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
    .addOption(settingOption('port', t('settings.port.doctor')).default(undefined))
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
  registerToolCommands(program);
  registerAccountCommands(program);

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
