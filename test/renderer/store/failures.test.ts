/** A failure that is shown is over when its cause is: no toast may stay beside what it says is not so. */
import { expect, test } from 'vitest';
import { createStore } from '../../../src/renderer/store/store.js';
import type { ErrorCode } from '../../../src/shared/errors.js';
import type { AppState, Bridge, Pushes, SessionView } from '../../../src/shared/ipc.js';
import { appState } from '../../helpers/app-state.js';

const user = { id: 'usr_1', email: undefined, name: undefined };
const SIGNED_OUT = { status: 'signed_out', problem: undefined, projectId: undefined } as const;
const SIGNING_IN = { status: 'signing_in', url: undefined, projectId: undefined } as const;
const SIGNED_IN: SessionView = { status: 'signed_in', user, expiresAt: undefined, projectId: 'prj_1' };
const STOPPED = { status: 'stopped' } as const;
const FAILED = { status: 'failed', error: { code: 'port_in_use', message: 'Port 1 is taken.' } } as const;

/** A store whose requests fail with that code, or none. */
function given() {
  let code: ErrorCode | undefined;
  const listeners = new Map<string, (value: unknown) => void>();
  const store = createStore({
    request: async () =>
      code === undefined
        ? { ok: true, value: undefined }
        : { ok: false, error: { code, message: `It failed: ${code}.`, hint: 'Mend it.' } },
    on(name: string, listener: (value: Pushes['push:state']) => void) {
      listeners.set(name, listener as (value: unknown) => void);
      return () => listeners.delete(name);
    },
  } as unknown as Bridge);
  store.connect();
  const become = (changes: Partial<AppState>) =>
    listeners.get('push:state')?.({ ...appState(changes), window: 'popover' });
  return {
    store,
    become,
    texts: () => store.state.toasts.map(({ text }) => text),
    failWith(next: ErrorCode | undefined) {
      code = next;
    },
  };
}

test('a failure is shown with what to do, once, and is over when the same is tried again', async () => {
  const { store, texts, failWith } = given();
  failWith('ledger_unavailable');
  await store.attempt('env:copy', { kind: 'address' });
  await store.attempt('env:copy', { kind: 'address' });
  expect(store.state.toasts).toEqual([
    { id: 2, failureOf: 'env:copy', text: 'It failed: ledger_unavailable.', hint: 'Mend it.' },
  ]);
  failWith(undefined);
  await store.attempt('env:copy', { kind: 'address' });
  expect(texts()).toEqual([]);
});

test('failures of other requests stay, and each can be dismissed', async () => {
  const { store, texts, failWith } = given();
  failWith('internal');
  await store.attempt('window:pop-out', undefined);
  await store.attempt('update:check', undefined);
  expect(texts()).toHaveLength(2);
  store.dismissToast(store.state.toasts[0]?.id ?? 0);
  expect(store.state.toasts.map(({ failureOf }) => failureOf)).toEqual(['update:check']);
});

test('whoever cancels a sign-in is not told', async () => {
  const { store, texts, failWith } = given();
  failWith('sign_in_cancelled');
  await store.attempt('session:sign-in', undefined);
  expect(texts()).toEqual([]);
});

test.each(['usage', 'connect'] as const)('why a start failed is in the view %s already', async (view) => {
  const { store, texts, failWith } = given();
  store.show(view);
  failWith('port_in_use');
  await store.attempt('proxy:start', undefined);
  expect(texts()).toEqual([]);
});

test('in a view without the status, it is shown until the proxy has not failed any more', async () => {
  const { store, become, texts, failWith } = given();
  store.show('settings');
  become({ proxy: FAILED });
  failWith('port_in_use');
  await store.attempt('proxy:start', undefined);
  become({ proxy: FAILED });
  expect(texts()).toHaveLength(1);
  become({ proxy: STOPPED });
  expect(texts()).toEqual([]);
});

test.each([
  ['somebody is signed in after all', SIGNED_IN],
  ['another sign-in has begun', SIGNING_IN],
])('a sign-in that failed is over when %s', async (_what, session) => {
  const { store, become, texts, failWith } = given();
  become({ session: SIGNING_IN });
  failWith('sign_in_timeout');
  await store.attempt('session:sign-in', undefined);
  become({ session: SIGNED_OUT });
  become({ session: SIGNED_OUT });
  expect(texts()).toHaveLength(1);
  become({ session });
  expect(texts()).toEqual([]);
});

test.each([
  ['expired', { status: 'expired', user, problem: undefined, projectId: 'prj_1' } as const],
  ['good', SIGNED_IN],
])('a sign-in that failed is shown when the session before it is %s', async (_how, session) => {
  const { store, become, texts, failWith } = given();
  become({ session: SIGNING_IN });
  failWith('sign_in_timeout');
  await store.attempt('session:sign-in', undefined);
  become({ session });
  expect(texts()).toHaveLength(1);
});

test('a project that could not be chosen is over with another one', async () => {
  const { store, become, texts, failWith } = given();
  become({ session: SIGNED_IN });
  failWith('settings_unwritable');
  await store.attempt('session:use-project', { id: 'prj_2' });
  become({ session: { ...SIGNED_IN } });
  expect(texts()).toHaveLength(1);
  become({ session: { ...SIGNED_IN, projectId: 'prj_2' } });
  expect(texts()).toEqual([]);
});

test('a demo that could not be left is over when it was', async () => {
  const { store, become, texts, failWith } = given();
  become({ demo: true });
  failWith('ledger_unavailable');
  await store.attempt('demo:leave', undefined);
  become({ demo: true });
  expect(texts()).toHaveLength(1);
  become({ demo: false });
  expect(texts()).toEqual([]);
});
