import type { Command } from 'commander';
import { t } from '../words/index.js';
import { type AmountPerPeriod, parseAmount, parseExpiry } from './money-values.js';

export interface KeyCreateOptions {
  readonly limit?: AmountPerPeriod;
  /** Unix milliseconds. */
  readonly expires?: number;
  readonly temporary: boolean;
  readonly json: boolean;
}

/** Registers the commands about named local keys. */
export function registerKeyCommands(program: Command): void {
  const key = program.command('key').description(t('terminal.help.key'));
  key
    .command('create')
    .description(t('terminal.help.key.create'))
    .argument('<label>', t('terminal.help.key.create.label'))
    .option('--limit <amount>', t('terminal.help.key.create.limit'), parseAmount)
    .option('--expires <when>', t('terminal.help.key.create.expires'), parseExpiry)
    .option('--temporary', t('terminal.help.key.create.temporary'), false)
    .option('--json', t('terminal.help.json'), false)
    .action(async (label: string, options: KeyCreateOptions) => {
      const { runKeyCreate } = await import('./key-command.js');
      process.exitCode = await runKeyCreate(label, options);
    });
  key
    .command('list')
    .description(t('terminal.help.key.list'))
    .option('--json', t('terminal.help.json'), false)
    .action(async (options: { json: boolean }) => {
      const { runKeyList } = await import('./key-command.js');
      process.exitCode = await runKeyList(options);
    });
  key
    .command('revoke')
    .description(t('terminal.help.key.revoke'))
    .argument('<id-or-label>', t('terminal.help.key.idOrLabel'))
    .action(async (selector: string) => {
      const { runKeyRevoke } = await import('./key-command.js');
      process.exitCode = await runKeyRevoke(selector);
    });
  key
    .command('limit')
    .description(t('terminal.help.key.limit'))
    .argument('<id-or-label>', t('terminal.help.key.idOrLabel'))
    .argument('<amount>', t('terminal.help.key.limit.amount'), (text) =>
      text === 'none' ? undefined : parseAmount(text),
    )
    .action(async (selector: string, limit: AmountPerPeriod | undefined) => {
      const { runKeyLimit } = await import('./key-command.js');
      process.exitCode = await runKeyLimit(selector, limit);
    });
}
