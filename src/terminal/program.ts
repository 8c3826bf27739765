import { Command, Option } from 'commander';
import type { Shell } from '../shared/env-block.js';
import { PROVIDER_TITLES } from '../shared/providers.js';
import { formatList } from '../words/format.js';
import { t } from '../words/index.js';
import { registerAccountCommands } from './account-commands.js';
import { registerBudgetCommands } from './budget-commands.js';
import type { DoctorCommandOptions } from './doctor-command.js';
import { HELP_CONFIGURATION, usageErrorText } from './help-text.js';
import { registerKeyCommands } from './key-commands.js';
import { EXIT, printProblem } from './output.js';
import { registerPriceCommands } from './price-commands.js';
import { contradictionIn, OPTION_SETTINGS, type ProxyOptions, proxyOptions } from './proxy-options.js';
import { settingOffOption, settingOption } from './setting-option.js';
import { registerToolCommands } from './tool-commands.js';
import type { UsageCommandOptions } from './usage-command.js';
import { registerUsageCommands } from './usage-commands.js';
import { VERSION } from './version.js';

/**
 * The `meshbar` command: options and their validation. What each command does is in a file of its own. `end` gets the
 * exit code where it ends before a command has run; it must not return.
 */
export function createProgram(end: (code: number) => never = process.exit): Command {
  const program = new Command('meshbar')
    .description(t('terminal.help.program', { providers: formatList(PROVIDER_TITLES) }))
    .version(VERSION, '-V, --version', t('terminal.help.version'))
    .helpOption('-h, --help', t('terminal.help.help'))
    .helpCommand('help [command]', t('terminal.help.helpCommand'))
    .configureHelp(HELP_CONFIGURATION)
    // What follows a command's name is that command's, even where one above it has an option of the same name.
    .enablePositionalOptions()
    .configureOutput({ outputError: (text) => printProblem(usageErrorText(text)) })
    .exitOverride((error) => end(error.exitCode === 0 ? EXIT.ok : EXIT.usage));

  const proxy = program.command('proxy').description(t('terminal.help.proxy'));
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
    .description(t('terminal.help.env'))
    .addOption(settingOption('shell'))
    .action(async ({ shell }: { shell: Shell }) => {
      const { runEnv } = await import('./env-command.js');
      process.exitCode = await runEnv(shell);
    });

  program
    .command('status')
    .description(t('terminal.help.status'))
    .option('--json', t('terminal.help.json'), false)
    .action(async (options: { json: boolean }) => {
      const { runStatus } = await import('./status-command.js');
      process.exitCode = await runStatus(options);
    });

  program
    .command('doctor')
    .description(t('terminal.help.doctor'))
    .addOption(settingOption('port', t('settings.port.doctor')).default(undefined))
    .addOption(new Option('--json', t('terminal.help.json')).default(false).conflicts('report'))
    .option('--report', t('terminal.help.doctor.report'), false)
    .action(async (options: DoctorCommandOptions) => {
      const { runDoctorCommand } = await import('./doctor-command.js');
      process.exitCode = await runDoctorCommand(options);
    });

  const usage = program
    .command('usage')
    .description(t('terminal.help.usageCommand'))
    .option('--since <when>', t('terminal.help.usageCommand.since'), '7d')
    .option('--until <when>', t('terminal.help.usageCommand.until'))
    .addOption(
      new Option('--by <what>', t('terminal.help.usageCommand.by'))
        .choices(['model', 'tool', 'day', 'key', 'project'])
        .default('model'),
    )
    .addOption(new Option('--json', t('terminal.help.json')).default(false).conflicts('csv'))
    .option('--csv', t('terminal.help.csv'), false)
    .addOption(new Option('--billed', t('terminal.help.usageCommand.billed')).default(false).conflicts('by'))
    .action(async (options: UsageCommandOptions) => {
      const { runUsage } = await import('./usage-command.js');
      process.exitCode = await runUsage(options);
    });

  registerUsageCommands(usage);
  registerKeyCommands(program);
  registerBudgetCommands(program);
  registerPriceCommands(program);
  registerToolCommands(program);
  registerAccountCommands(program);

  return program;
}
