import type { Command } from 'commander';

/** Registers what can be done with the ledger besides looking at it. */
export function registerUsageCommands(usage: Command): void {
  // Both levels have options of the same names: what stands behind a command's name is that command's.
  usage.enablePositionalOptions();
  usage
    .command('reprice')
    .description('price the requests that had no known price, if the price list knows their models now')
    .option('--dry-run', 'say what would change, and change nothing', false)
    .option('--json', 'as JSON', false)
    .action(async (options: { dryRun: boolean; json: boolean }) => {
      const { runReprice } = await import('./reprice-command.js');
      process.exitCode = await runReprice(options);
    });
}
