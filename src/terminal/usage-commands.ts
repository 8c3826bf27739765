import { type Command, Option } from 'commander';
import { EXPORT_FORMATS } from '../ledger/export-formats.js';
import { PRICE_LIST_URL } from '../pricing/price-list-url.js';
import type { ExportOptions } from './export-command.js';
import { parseAge, parsePriceUrl } from './option-values.js';
import type { RepriceOptions } from './reprice-command.js';
import type { SettleOptions } from './settle-command.js';

/** Registers what can be done with the ledger besides looking at it. */
export function registerUsageCommands(usage: Command): void {
  usage.enablePositionalOptions();
  usage
    .command('export')
    .description('write single requests to standard output, oldest first')
    .addOption(new Option('--format <name>', 'otel: spans as JSON lines').choices(EXPORT_FORMATS).default('csv'))
    .option('--since <when>', 'such as 24h, 7d, 4w, or a date (default: everything)')
    .option('--until <when>', 'the same forms; a date counts whole')
    .option('--tool <name>', 'of this tool alone')
    .option('--model <name>', 'of this model alone')
    .addOption(new Option('--outcome <what>', 'with this outcome alone').choices(['complete', 'failed', 'interrupted']))
    .action(async (options: ExportOptions) => {
      const { runExport } = await import('./export-command.js');
      process.exitCode = await runExport(options);
    });

  usage
    .command('reprice')
    .description('price the requests that had no known price, if the price list knows their models now')
    .option('--dry-run', 'say what would change, and change nothing', false)
    .addOption(
      new Option('--update-prices [url]', 'fetch the public price list first')
        .preset(PRICE_LIST_URL)
        .argParser(parsePriceUrl),
    )
    .option('--json', 'as JSON', false)
    .action(async (options: RepriceOptions) => {
      const { runReprice } = await import('./reprice-command.js');
      process.exitCode = await runReprice(options);
    });

  usage
    .command('settle')
    .description('ask MeshAgent what requests of a proxy with --settle were billed whose cost is not sure')
    .option('--since <when>', 'such as 24h, 7d, 4w, or a date (default: everything)')
    .addOption(
      new Option('--older-than <time>', 'those that ended so long ago: a bill takes its time')
        .argParser(parseAge)
        .default(parseAge('5m'), '5m'),
    )
    .option('--dry-run', 'say what would change, and change nothing', false)
    .option('--json', 'as JSON', false)
    .action(async (options: SettleOptions) => {
      const { runSettle } = await import('./settle-command.js');
      process.exitCode = await runSettle(options);
    });
}
