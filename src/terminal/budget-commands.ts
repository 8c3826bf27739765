import { type Command, InvalidArgumentError } from 'commander';
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
  const budget = program.command('budget').description('what may be spent in a day, a week or a month');
  budget
    .command('set')
    .description('set a budget, or change it; USD, surcharge included')
    .argument('<amount>', 'such as 5/day, 20/week or 50/month', parseAmount)
    .option('--project <id>', 'of one MeshAgent project; without: of all', parseName)
    .option('--stop', 'refuse new requests when it is used up', false)
    .option('--alerts <percent,...>', 'when to tell (default: 50,80,100)', parseAlerts)
    .option('--json', 'as JSON', false)
    .action(async (amount: AmountPerPeriod, options: BudgetSetOptions) => {
      const { runBudgetSet } = await import('./budget-command.js');
      process.exitCode = await runBudgetSet(amount, options);
    });
  budget
    .command('list')
    .description('list budgets and the limits of keys, and how they stand')
    .option('--json', 'as JSON', false)
    .action(async (options: { json: boolean }) => {
      const { runBudgetList } = await import('./budget-command.js');
      process.exitCode = await runBudgetList(options);
    });
  budget
    .command('remove')
    .description('remove a budget')
    .argument('<id>')
    .action(async (id: string) => {
      const { runBudgetRemove } = await import('./budget-command.js');
      process.exitCode = await runBudgetRemove(id);
    });
  budget
    .command('lift')
    .description('let requests pass until the period ends')
    .argument('<id>', 'of a budget, or of a key with a limit')
    .action(async (id: string) => {
      const { runBudgetLift } = await import('./budget-command.js');
      process.exitCode = await runBudgetLift(id);
    });
}

function parseAlerts(text: string): number[] {
  const percents =
    text === 'none' ? [] : text.split(',').map((part) => Number(part.trim().replace(/%$/, '') || Number.NaN));
  if (percents.length > 10 || percents.some((percent) => !Number.isInteger(percent) || percent < 1 || percent > 100)) {
    throw new InvalidArgumentError(
      'They are whole percentages from 1 to 100, at most ten, such as 50,80,100; or "none".',
    );
  }
  return percents;
}
