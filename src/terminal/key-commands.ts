import type { Command } from 'commander';
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
  const key = program.command('key').description('local keys with names: to tell tools apart, limit and revoke each');
  key
    .command('create')
    .description('make a key and print it, this once')
    .argument('<label>', 'such as the name of a tool or a project')
    .option('--limit <amount>', 'refuse what goes beyond it, such as 5/day, 20/week, 50/month (USD)', parseAmount)
    .option('--expires <when>', 'such as 24h, 7d, or a date', parseExpiry)
    .option('--temporary', 'ends when the proxy stops, at the latest after a day', false)
    .option('--json', 'as JSON', false)
    .action(async (label: string, options: KeyCreateOptions) => {
      const { runKeyCreate } = await import('./key-command.js');
      process.exitCode = await runKeyCreate(label, options);
    });
  key
    .command('list')
    .description('list the keys, never the keys themselves')
    .option('--json', 'as JSON', false)
    .action(async (options: { json: boolean }) => {
      const { runKeyList } = await import('./key-command.js');
      process.exitCode = await runKeyList(options);
    });
  key
    .command('revoke')
    .description('refuse a key from the next request on')
    .argument('<id-or-label>')
    .action(async (selector: string) => {
      const { runKeyRevoke } = await import('./key-command.js');
      process.exitCode = await runKeyRevoke(selector);
    });
  key
    .command('limit')
    .description("change a key's limit")
    .argument('<id-or-label>')
    .argument('<amount>', 'such as 10/day, or "none"', (text) => (text === 'none' ? undefined : parseAmount(text)))
    .action(async (selector: string, limit: AmountPerPeriod | undefined) => {
      const { runKeyLimit } = await import('./key-command.js');
      process.exitCode = await runKeyLimit(selector, limit);
    });
}
