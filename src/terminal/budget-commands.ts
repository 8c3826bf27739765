import { type Command, InvalidArgumentError } from 'commander';
import { t } from '../words/index.js';
import { type AmountPerPeriod, parseAmount } from './money-values.js';
import { parseName } from './option-values.js';

export interface BudgetSetOptions {
  readonly project?: string;
  readonly stop: boolean;
  readonly alerts?: readonly number[];
  readonly json: boolean;
}

/** Registers the commands about budgets. */
export function registerBudgetCommands(program: Command): void {
  const budget = program.command('budget').description(t('terminal.help.budget'));
  budget
    .command('set')
    .description(t('terminal.help.budget.set'))
    .argument('<amount>', t('terminal.help.budget.set.amount'), parseAmount)
    .option('--project <id>', t('terminal.help.budget.set.project'), parseName)
    .option('--stop', t('terminal.help.budget.set.stop'), false)
    .option('--alerts <percent,...>', t('terminal.help.budget.set.alerts'), parseAlerts)
    .option('--json', t('terminal.help.json'), false)
    .action(async (amount: AmountPerPeriod, options: BudgetSetOptions) => {
      const { runBudgetSet } = await import('./budget-command.js');
      process.exitCode = await runBudgetSet(amount, options);
    });
  budget
    .command('list')
    .description(t('terminal.help.budget.list'))
    .option('--json', t('terminal.help.json'), false)
    .action(async (options: { json: boolean }) => {
      const { runBudgetList } = await import('./budget-command.js');
      process.exitCode = await runBudgetList(options);
    });
  budget
    .command('remove')
    .description(t('terminal.help.budget.remove'))
    .argument('<id>', t('terminal.help.budget.remove.id'))
    .action(async (id: string) => {
      const { runBudgetRemove } = await import('./budget-command.js');
      process.exitCode = await runBudgetRemove(id);
    });
  budget
    .command('lift')
    .description(t('terminal.help.budget.lift'))
    .argument('<id>', t('terminal.help.budget.lift.id'))
    .action(async (id: string) => {
      const { runBudgetLift } = await import('./budget-command.js');
      process.exitCode = await runBudgetLift(id);
    });
}

function parseAlerts(text: string): number[] {
  const percents =
    text === 'none' ? [] : text.split(',').map((part) => Number(part.trim().replace(/%$/, '') || Number.NaN));
  if (percents.length > 10 || percents.some((percent) => !Number.isInteger(percent) || percent < 1 || percent > 100)) {
    throw new InvalidArgumentError(t('terminal.help.error.alerts'));
  }
  return percents;
}
