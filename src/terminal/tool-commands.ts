import { type Command, Option } from 'commander';
import { t } from '../words/index.js';
import type { ConnectOptions } from './connect-command.js';
import type { DisconnectOptions } from './disconnect-command.js';
import { OWN_PROXY, type ProxyOptions } from './proxy-options.js';
import { settingOption } from './setting-option.js';

type RunOptions = Pick<ProxyOptions, 'projectId' | 'port' | 'tokenFromEnv' | 'apiUrl' | 'demo'>;

/** Registers the commands that point tools at the proxy. */
export function registerToolCommands(program: Command): void {
  program
    .command('connect')
    .description(t('terminal.help.connect'))
    .argument('[tool]', t('terminal.help.tool'))
    .option('--list', t('terminal.help.connect.list'), false)
    .option('--dry-run', t('terminal.help.connect.dryRun'), false)
    .option('--yes', t('terminal.help.connect.yes'), false)
    .option('--force', t('terminal.help.connect.force'), false)
    .option('--no-wait', t('terminal.help.connect.noWait'))
    .addOption(
      new Option('--demo', t('terminal.help.connect.demo')).default(false).conflicts(['dryRun', 'json', 'list']),
    )
    .option('--json', t('terminal.help.connect.json'), false)
    .action(async (name: string | undefined, options: ConnectOptions, command: Command) => {
      if (options.demo && name === undefined) command.error(t('terminal.help.error.demoNeedsTool'));
      const { runConnect } = await import('./connect-command.js');
      process.exitCode = await runConnect(name, options);
    });

  program
    .command('disconnect')
    .description(t('terminal.help.disconnect'))
    .argument('[tool]', t('terminal.help.tool'))
    .option('--all', t('terminal.help.disconnect.all'), false)
    .option('--dry-run', t('terminal.help.disconnect.dryRun'), false)
    .option('--force', t('terminal.help.disconnect.force'), false)
    .action(async (name: string | undefined, options: DisconnectOptions, command: Command) => {
      if (options.all === (name !== undefined)) command.error(t('terminal.help.error.toolOrAll'));
      const { runDisconnect } = await import('./disconnect-command.js');
      process.exitCode = await runDisconnect(name, options);
    });

  program
    .command('run')
    .description(t('terminal.help.run'))
    .usage('[options] -- <command> [args...]')
    .argument('<command>', t('terminal.help.run.command'))
    .argument('[args...]', t('terminal.help.run.args'))
    .addOption(settingOption('projectId'))
    .addOption(settingOption('port', t('settings.port.ownProxy')).default(0, t('terminal.help.run.freePort')))
    .addOption(settingOption('tokenFromEnv'))
    .addOption(settingOption('apiUrl'))
    .option('--demo', t('terminal.help.run.demo'), false)
    .passThroughOptions()
    .action(async (name: string, args: string[], options: RunOptions, command: Command) => {
      const portIsGiven = command.getOptionValueSource('port') !== 'default';
      const { runRun } = await import('./run-command.js');
      process.exitCode = await runRun(name, args, { ...OWN_PROXY, ...options, portIsGiven });
    });
}
