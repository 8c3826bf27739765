import { expect, test } from 'vitest';
import { menuTemplate } from '../../../src/main/menu/template.js';
import { trayFace } from '../../../src/main/tray/face.js';
import type { BudgetState } from '../../../src/shared/budgets.js';
import { appState } from '../../helpers/app-state.js';
import { budgetState, stoppedBudget } from '../../helpers/budget-state.js';

const REASON = 'Today’s $5 budget is used up. Requests are refused until midnight.';

const stateWith = (...budgets: BudgetState[]) => appState({ budgets });
const faceOf = (...budgets: BudgetState[]) => trayFace(stateWith(...budgets), undefined);
const menuOf = (...budgets: BudgetState[]) =>
  menuTemplate({ state: stateWith(...budgets), today: undefined, projects: { status: 'loading' } });

test('a budget that stops all requests is an error with its reason, and the menu lifts it', () => {
  expect(faceOf(stoppedBudget()).icon).toBe('error');
  expect(faceOf(stoppedBudget()).tooltip).toContain(`Meshbar: Budget used up\n${REASON}\n`);
  const [title, reason, lift, start] = menuOf(stoppedBudget());
  expect(title).toEqual({ label: 'Budget used up', enabled: false });
  expect(reason).toEqual({ label: REASON, enabled: false });
  expect(lift).toEqual({
    label: 'Allow until midnight',
    action: { ask: 'budgets:lift', input: { id: 'all-day' } },
  });
  expect(start?.label).toBe('Stop proxy');
});

test('one that only alerts is shown when it is used up, and the proxy runs', () => {
  const usedUp = budgetState({ spentNanoUsd: 5.2e9, level: 100 });
  expect(faceOf(usedUp).icon).toBe('running');
  expect(faceOf(usedUp).tooltip).toContain('Meshbar: Proxy running\n104% of $5.00 a day used\n');
  expect(menuOf(usedUp)[0]).toEqual({ label: '104% of $5.00 a day used', enabled: false });
});

test('from 80% on a budget is in tooltip and menu, below in neither', () => {
  const near = budgetState({ spentNanoUsd: 4.1e9, level: 80 });
  expect(faceOf(near).tooltip).toContain('82% of $5.00 a day used');
  expect(menuOf(near)[0]).toEqual({ label: '82% of $5.00 a day used', enabled: false });
  expect(menuOf(budgetState({ spentNanoUsd: 1e9 }))).toEqual(menuOf());
  expect(faceOf(budgetState({ spentNanoUsd: 1e9 }))).toEqual(faceOf());
});

test('a key’s limit that is used up is no error of the proxy, and can be lifted in the menu', () => {
  const limit = stoppedBudget({ id: 'key_1', scope: { kind: 'key', keyId: 'key_1', label: 'ci & cd' } });
  expect(faceOf(limit).icon).toBe('running');
  expect(faceOf(limit).tooltip).toContain('Key “ci & cd”: 104% of $5.00 a day used');
  expect(menuOf(limit)[1]).toEqual({
    label: 'Allow requests with the key “ci && cd” until midnight',
    action: { ask: 'budgets:lift', input: { id: 'key_1' } },
  });
});

test('a stopped proxy is stopped, whatever is spent', () => {
  const face = trayFace(appState({ budgets: [stoppedBudget()], proxy: { status: 'stopped' } }), undefined);
  expect(face.icon).toBe('stopped');
  expect(face.tooltip).toBe('Meshbar: Proxy stopped');
});
