import { type Command, Option } from 'commander';
import { EXPORT_FORMATS } from '../ledger/export-formats.js';
import { PRICE_LIST_URL } from '../pricing/price-list-url.js';
import { t } from '../words/index.js';
import type { ExportOptions } from './export-command.js';
import { parseAge, parsePriceUrl } from './option-values.js';
import type { RepriceOptions } from './reprice-command.js';
import type { SettleOptions } from './settle-command.js';

/** Registers what can be done with the ledger besides reading sums. */
export function registerUsageCommands(usage: Command): void {
  usage.enablePositionalOptions();
  usage
    .command('export')
    .description(t('terminal.help.export'))
    .addOption(new Option('--format <name>', t('terminal.help.export.format')).choices(EXPORT_FORMATS).default('csv'))
    .option('--since <when>', t('terminal.help.sinceOrAll'))
    .option('--until <when>', t('terminal.help.usageCommand.until'))
    .option('--tool <name>', t('terminal.help.export.tool'))
    .option('--model <name>', t('terminal.help.export.model'))
    .addOption(
      new Option('--outcome <what>', t('terminal.help.export.outcome')).choices(['complete', 'failed', 'interrupted']),
    )
    .action(async (options: ExportOptions) => {
      const { runExport } = await import('./export-command.js');
      process.exitCode = await runExport(options);
    });

  usage
    .command('reprice')
    .description(t('terminal.help.reprice'))
    .option('--dry-run', t('terminal.help.changeNothing'), false)
    .addOption(
      new Option('--update-prices [url]', t('terminal.help.reprice.updatePrices'))
        .preset(PRICE_LIST_URL)
        .argParser(parsePriceUrl),
    )
    .option('--json', t('terminal.help.json'), false)
    .action(async (options: RepriceOptions) => {
      const { runReprice } = await import('./reprice-command.js');
      process.exitCode = await runReprice(options);
    });

  usage
    .command('settle')
    .description(t('terminal.help.settle'))
    .option('--since <when>', t('terminal.help.sinceOrAll'))
    .addOption(
      new Option('--older-than <time>', t('terminal.help.settle.olderThan'))
        .argParser(parseAge)
        .default(parseAge('5m'), '5m'),
    )
    .option('--dry-run', t('terminal.help.changeNothing'), false)
    .option('--json', t('terminal.help.json'), false)
    .action(async (options: SettleOptions) => {
      const { runSettle } = await import('./settle-command.js');
      process.exitCode = await runSettle(options);
    });
}
