import { type Command, Option } from 'commander';
import { PRICE_LIST_URL } from '../core/prices/price-list-url.js';
import { parsePriceUrl } from './option-values.js';
import type { RepriceOptions } from './reprice-command.js';

/** Registers what can be done with the ledger besides looking at it. */
export function registerUsageCommands(usage: Command): void {
  usage.enablePositionalOptions();
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
}
