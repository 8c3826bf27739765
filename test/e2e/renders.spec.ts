/** What a push does not concern is not rendered again, though up to ten come a second. Counted by React's own hook. */
import type { Page } from '@playwright/test';
import type { UsagePush } from '../../src/shared/ipc.js';
import { ask, clickTray, expect, proxyIs, test } from './fixtures.js';
import type { LaunchedApp } from './launch.js';
import { sendTraffic } from './traffic.js';

/** Renders of the head, and of each component whose outermost element has a label, since they were last counted. */
type Counts = Readonly<Record<string, number>>;

/** As React's developer tools do: a component has rendered in a commit if its fiber is new in it and has done work. */
function countRenders(): void {
  interface Fiber {
    readonly tag: number;
    readonly flags: number;
    readonly child: Fiber | null;
    readonly sibling: Fiber | null;
    readonly stateNode: unknown;
  }
  const [HOST, PERFORMED_WORK] = [5, 1];
  const counts: Record<string, number> = {};
  let before = new Set<Fiber>();
  function onCommitFiberRoot(_renderer: number, root: { current: Fiber }): void {
    const now = new Set<Fiber>();
    const walk = (fiber: Fiber | null): void => {
      for (let one = fiber; one; one = one.sibling) {
        now.add(one);
        const element = one.tag !== HOST && one.child?.tag === HOST ? (one.child.stateNode as HTMLElement) : undefined;
        const name = element?.tagName === 'HEADER' ? 'header' : element?.getAttribute('aria-label');
        if (name && !before.has(one) && (one.flags & PERFORMED_WORK) !== 0) counts[name] = (counts[name] ?? 0) + 1;
        walk(one.child);
      }
    };
    walk(root.current);
    before = now;
  }
  const nothing = () => {};
  Object.assign(globalThis, {
    takeCounts: () => {
      const taken = { ...counts };
      for (const name of Object.keys(counts)) delete counts[name];
      return taken;
    },
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      renderers: new Map(),
      supportsFiber: true,
      inject: () => 1,
      checkDCE: nothing,
      onCommitFiberRoot,
      onCommitFiberUnmount: nothing,
      onPostCommitFiberRoot: nothing,
    },
  });
}

const takeCounts = (page: Page): Promise<Counts> =>
  page.evaluate(() => (globalThis as unknown as { takeCounts: () => Counts }).takeCounts());

const push = ({ app }: LaunchedApp, value: UsagePush) =>
  app.evaluate(({ BrowserWindow }, usage) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send('push:usage', usage);
  }, value);

test('a push renders what it concerns, and nothing else of the usage view', async ({ launch }) => {
  const launched = await launch({ settings: { keepOpen: true } });
  const { popover } = launched;
  await popover.addInitScript(countRenders);
  await popover.reload();
  await proxyIs(popover, 'running');
  await sendTraffic(launched);
  await clickTray();
  const requests = popover.getByRole('region', { name: 'Today' }).getByText('Requests').locator('..');
  await expect(requests).toHaveText('Requests8');
  await expect(popover.getByRole('region', { name: 'Usage over time' })).toBeVisible();
  const usage = await ask(popover, 'usage:now', undefined);
  const today = usage.today as NonNullable<UsagePush['today']>;
  expect(Object.keys(await takeCounts(popover))).toEqual(
    expect.arrayContaining(['header', 'Today', 'Usage over time', 'Recent requests']),
  );

  // Answers that were asked for before come in between: until they have, there is more to render.
  let exchanges = 100;
  await expect(async () => {
    exchanges += 1;
    await push(launched, usage);
    await expect(requests).toHaveText('Requests8');
    await takeCounts(popover);
    for (let times = 0; times < 5; times++) await push(launched, usage);
    await push(launched, { ...usage, today: { ...today, exchanges } });
    await expect(requests).toHaveText(`Requests${exchanges}`);
    expect(await takeCounts(popover)).toEqual({ Today: 1 });
  }).toPass();

  let at = Date.now();
  await expect(async () => {
    at += 1;
    await takeCounts(popover);
    const active = { id: `id-${at}`, startedAt: at, tool: 'a tool', model: `model-${at}` };
    await push(launched, { ...usage, active: [active as unknown as UsagePush['active'][number]] });
    await expect(popover.getByText(`model-${at}`)).toBeVisible();
    const { header, Today, 'Usage over time': panel, 'Recent requests': recent } = await takeCounts(popover);
    expect({ header, Today, panel }).toEqual({});
    expect(recent).toBe(1);
  }).toPass();
});
