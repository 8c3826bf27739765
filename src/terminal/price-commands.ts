import { type Command, InvalidArgumentError } from 'commander';
import type { OwnPrice } from '../pricing/own-price.js';
import { isDay, isRate } from '../pricing/own-prices.js';
import { t } from '../words/index.js';

/** Registers the commands about the user's own prices. */
export function registerPriceCommands(program: Command): void {
  const price = program.command('price').description(t('terminal.help.price'));
  price
    .command('set')
    .description(t('terminal.help.price.set'))
    .argument('<model>', t('terminal.help.price.set.model'), parseModel)
    .option('--input <usd>', t('terminal.help.price.set.input'), parseRate)
    .option('--cached <usd>', t('terminal.help.price.set.cached'), parseRate)
    .option('--cache-write <usd>', t('terminal.help.price.set.cacheWrite'), parseRate)
    .option('--output <usd>', t('terminal.help.price.set.output'), parseRate)
    .option('--from <date>', t('terminal.help.price.set.from'), parseDay)
    .action(async (model: string, rates: Omit<OwnPrice, 'model'>, command: Command) => {
      if (rates.input === undefined && rates.output === undefined) command.error(t('terminal.prices.noRate'));
      const { runPriceSet } = await import('./price-command.js');
      process.exitCode = await runPriceSet({ model, ...rates });
    });
  price
    .command('list')
    .description(t('terminal.help.price.list'))
    .option('--json', t('terminal.help.json'), false)
    .action(async (options: { json: boolean }) => {
      const { runPriceList } = await import('./price-command.js');
      process.exitCode = await runPriceList(options);
    });
  price
    .command('remove')
    .description(t('terminal.help.price.remove'))
    .argument('<model>', t('terminal.help.price.set.model'), parseModel)
    .option('--from <date>', t('terminal.help.price.remove.from'), parseDay)
    .action(async (model: string, options: { from?: string }) => {
      const { runPriceRemove } = await import('./price-command.js');
      process.exitCode = await runPriceRemove(model, options);
    });
}

function parseModel(text: string): string {
  const model = text.trim();
  if (model === '' || model.length > 200) throw new InvalidArgumentError(t('terminal.prices.badModel'));
  return model;
}

function parseRate(text: string): number {
  const usd = Number(text.replace(/^\$/, ''));
  if (!/^\$?\d+(?:\.\d+)?$/.test(text) || !isRate(usd)) throw new InvalidArgumentError(t('terminal.prices.badRate'));
  return usd;
}

function parseDay(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError(t('terminal.prices.badDay'));
  return text;
}
