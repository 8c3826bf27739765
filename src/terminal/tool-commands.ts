import { type Command, Option } from 'commander';
import { t } from '../words/index.js';
import type { ConnectOptions } from './connect-command.js';
import type { DisconnectOptions } from './disconnect-command.js';
import { OWN_PROXY, type ProxyOptions } from './proxy-options.js';
import { settingOption } from './setting-option.js';

type RunOptions = Pick<ProxyOptions, 'projectId' | 'port' | 'tokenFromEnv' | 'apiUrl' | 'demo'>;

/** Commands that bring tools to the proxy. */
export function registerToolCommands(program: Command): void {
  program
    .command('connect')
    .description('point a tool at the proxy in its own settings; without a name, list the tools')
    .argument('[tool]', 'such as claude-code or codex')
    .option('--list', 'list the tools and how they stand', false)
    .option('--dry-run', 'show what would be written, and write nothing', false)
    .option('--yes', 'write without asking', false)
    .option('--force', 'also over what was changed by hand since', false)
    .option('--no-wait', 'do not wait for the first request')
    .addOption(
      new Option('--demo', 'to the built-in simulator, until this command is ended')
        .default(false)
        .conflicts(['dryRun', 'json', 'list']),
    )
    .option('--json', 'as JSON; does not wait', false)
    .action(async (name: string | undefined, options: ConnectOptions, command: Command) => {
      if (options.demo && name === undefined) command.error('name a tool for --demo.');
      const { runConnect } = await import('./connect-command.js');
      process.exitCode = await runConnect(name, options);
    });

  program
    .command('disconnect')
    .description('bring back what stood in a tool’s settings before')
    .argument('[tool]', 'such as claude-code or codex')
    .option('--all', 'all tools that are connected', false)
    .option('--dry-run', 'show what would be undone, and write nothing', false)
    .option('--force', 'also what was changed by hand since', false)
    .action(async (name: string | undefined, options: DisconnectOptions, command: Command) => {
      if (options.all === (name !== undefined)) command.error('name a tool, or say --all.');
      const { runDisconnect } = await import('./disconnect-command.js');
      process.exitCode = await runDisconnect(name, options);
    });

  program
    .command('run')
    .description('run a command with the proxy behind it, and say at its end what it used')
    .usage('[options] -- <command> [args...]')
    .argument('<command>', 'the command')
    .argument('[args...]', 'its arguments')
    .addOption(settingOption('projectId'))
    .addOption(settingOption('port', t('settings.port.ownProxy')).default(0, 'a free one'))
    .addOption(settingOption('tokenFromEnv'))
    .addOption(settingOption('apiUrl'))
    .option('--demo', 'against the built-in simulator', false)
    .passThroughOptions()
    .action(async (name: string, args: string[], options: RunOptions, command: Command) => {
      const portIsGiven = command.getOptionValueSource('port') !== 'default';
      const { runRun } = await import('./run-command.js');
      process.exitCode = await runRun(name, args, { ...OWN_PROXY, ...options, portIsGiven });
    });
}
