/** Every view in the pseudo-locale: whatever is not marked does not come from the catalogue, and longer text must fit. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { VIEWS, type View } from '../../src/shared/ipc.js';
import { PSEUDO_LOCALE } from '../../src/words/locale.js';
import { clickTray, expect, proxyIs, test } from './fixtures.js';
import type { LaunchedApp } from './launch.js';
import { seedMonth } from './seed.js';

const PICTURES = path.resolve(import.meta.dirname, '../../test-results/screenshots');
const env = { MESHBAR_LOCALE: PSEUDO_LOCALE };

test.describe.configure({ timeout: 180_000 });

for (const theme of ['light', 'dark'] as const) {
  for (const amount of ['empty', 'full'] as const) {
    test(`every view, ${amount}, in ${theme}, has all its text from the catalogue and cuts none of it off`, async ({
      launch,
      home,
    }) => {
      if (amount === 'full') await seedMonth(home);
      const launched = await launch({ env, args: ['--hide-scrollbars'], settings: { theme, keepOpen: true } });
      const { popover } = launched;
      await proxyIs(popover, 'running');
      await clickTray();
      await expect(popover.locator('html')).toHaveAttribute('lang', PSEUDO_LOCALE);
      for (const view of VIEWS) {
        await show(launched, view);
        await look(popover, `${view}-${amount}-${theme}`);
      }
      if (amount === 'empty') return;
      await show(launched, 'requests');
      await popover.getByRole('button', { name: 'Claude Code' }).first().click();
      await look(popover, `request-${theme}`);
    });
  }
}

async function show({ app, popover }: LaunchedApp, view: View): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, shown) => BrowserWindow.getAllWindows()[0]?.webContents.send('push:show', shown),
    view,
  );
  await expect(popover.getByRole('main')).toBeVisible();
}

async function look(page: Page, name: string): Promise<void> {
  await expect.poll(async () => (await page.evaluate(lookAtText)).texts).toBeGreaterThan(5);
  await expect
    .poll(() => page.getByText('Çĥéçķîñĝ…').count(), { message: 'the check to end', timeout: 60_000 })
    .toBe(0);
  await page.screenshot({ path: path.join(PICTURES, `words-${name}.png`) });
  const { unmarked, cutOff } = await page.evaluate(lookAtText);
  expect.soft(unmarked, `${name}: not from the catalogue`).toEqual([]);
  expect.soft(cutOff, `${name}: cut off`).toEqual([]);
}

/** Runs in the page. */
function lookAtText(): { texts: number; unmarked: string[]; cutOff: string[] } {
  /** Names of people and services, code, addresses. What doctor and tools report is English. */
  const elsewhere = '[translate="no"], code, pre, option, [lang="en"]';
  /** Figures, dates and units, which follow the locale by themselves, and names that are no language's. */
  const figures =
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|k|M|B|ms|s|m|h|min|kB|MB|MiB|CPU)\b|Sam Example|Simulated project|prj_\w+|seed_\w+|claude-[\w-]+|gpt-[\w.-]+|text-embedding-[\w-]+|a-model-[\w-]+|Claude Code|Codex|LangChain · JS|OpenAI SDK · Python|curl|Ctrl|Shift|OpenAI|Anthropic|Grok|\/\S+|https?:\S+/g;
  const outside = (text: string, depth = 0): { text: string; depth: number } => {
    let out = '';
    let level = depth;
    for (const letter of text) {
      if (letter === '⟦') level += 1;
      else if (letter === '⟧') level -= 1;
      else if (level === 0) out += letter;
    }
    return { text: out, depth: level };
  };
  const isProse = (text: string) => /\p{L}{2,}/u.test(text.replace(figures, ''));
  const describe = (element: Element | null, text: string) => `${element?.tagName.toLowerCase()}: ${text.trim()}`;

  const unmarked: string[] = [];
  const cutOff: string[] = [];
  let texts = 0;
  let depth = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const text = node.textContent ?? '';
    if (!parent || text.trim() === '' || parent.closest('script, style')) continue;
    texts += 1;
    const rest = outside(text, depth);
    depth = rest.depth;
    if (!parent.closest(elsewhere) && isProse(rest.text)) unmarked.push(describe(parent, text));
    if (parent.closest('.sr-only, option, [aria-hidden="true"]:not(span)')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const clip = clippedBy(parent, rect);
      if (clip && !(getComputedStyle(clip).textOverflow === 'ellipsis' && clip.closest('[title]'))) {
        cutOff.push(describe(parent, text));
        break;
      }
    }
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
    if (element.closest(elsewhere)) continue;
    for (const name of ['aria-label', 'title', 'placeholder']) {
      const value = element.getAttribute(name);
      if (value && isProse(outside(value).text)) unmarked.push(`${describe(element, value)} (${name})`);
    }
  }
  return { texts, unmarked: [...new Set(unmarked)], cutOff: [...new Set(cutOff)] };

  /** What hides a part of it at its left or right. */
  function clippedBy(start: Element, rect: DOMRect): Element | undefined {
    for (let element: Element | null = start; element; element = element.parentElement) {
      if (element.tagName === 'svg' || element.tagName === 'SVG') return undefined;
      const { overflowX } = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const isClip = overflowX !== 'visible' || element === document.documentElement;
      if (isClip && (rect.right > box.right + 1 || rect.left < box.left - 1)) return element;
    }
    return undefined;
  }
}
