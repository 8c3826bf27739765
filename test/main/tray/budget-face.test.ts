import { expect, test } from 'vitest';
import { menuTemplate } from '../../../src/main/menu/template.js';
import { trayFace } from '../../../src/main/tray/face.js';
import type { BudgetState } from '../../../src/shared/budgets.js';
import { appState } from '../../helpers/app-state.js';
import { budgetState, stoppedBudget } from '../../helpers/budget-state.js';

const REASON = 'New requests are refused until midnight: budget all-day is used up.';

const stateWith = (...budgets: BudgetState[]) => appState({ budgets });
const faceOf = (...budgets: BudgetState[]) => trayFace(stateWith(...budgets), false, undefined);
const menuOf = (...budgets: BudgetState[]) =>
  menuTemplate({
    state: stateWith(...budgets),
    reason: faceOf(...budgets).reason,
    today: undefined,
    projects: { status: 'loading' },
  });

test('a budget that stops all requests is an error with its reason, and the menu lifts it', () => {
  expect(faceOf(stoppedBudget())).toMatchObject({ look: 'error', reason: REASON });
  expect(faceOf(stoppedBudget()).tooltip).toContain(REASON);
  const [reason, lift] = menuOf(stoppedBudget());
  expect(reason).toEqual({ label: REASON, enabled: false });
  expect(lift).toEqual({
    label: 'Lift budget all-day until midnight',
    action: { ask: 'budgets:lift', input: { id: 'all-day' } },
  });
});

test('one that only tells is said when it is used up, and the proxy looks well', () => {
  const usedUp = budgetState({ spentNanoUsd: 5.2e9, level: 100 });
  expect(faceOf(usedUp)).toMatchObject({ look: 'running', reason: undefined });
  expect(faceOf(usedUp).tooltip).toContain('104% of $5.00 a day used.');
  expect(menuOf(usedUp)[0]).toEqual({ label: '104% of $5.00 a day used', enabled: false });
});

test('at 80% the menu has a line and the tooltip none; below neither has', () => {
  const near = budgetState({ spentNanoUsd: 4.1e9, level: 80 });
  expect(faceOf(near).tooltip).not.toContain('%');
  expect(menuOf(near)[0]).toEqual({ label: '82% of $5.00 a day used', enabled: false });
  expect(menuOf(budgetState({ spentNanoUsd: 1e9 }))).toEqual(menuOf());
});

test('a key’s limit that stops is no error of the proxy, and can be lifted in the menu', () => {
  const limit = stoppedBudget({ id: 'key_1', scope: { kind: 'key', keyId: 'key_1', label: 'ci & cd' } });
  expect(faceOf(limit)).toMatchObject({ look: 'running', reason: undefined });
  expect(faceOf(limit).tooltip).toContain('Key “ci & cd”: 104% of $5.00 a day used.');
  expect(menuOf(limit)[1]).toEqual({
    label: 'Lift the limit of the key “ci && cd” until midnight',
    action: { ask: 'budgets:lift', input: { id: 'key_1' } },
  });
});

test('a stopped proxy is stopped, whatever is spent', () => {
  const face = trayFace({ ...stateWith(stoppedBudget()), proxy: { status: 'stopped' } }, false, undefined);
  expect(face).toMatchObject({ look: 'stopped', reason: undefined });
});
