import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, test } from 'vitest';
import { CutName } from '../../../src/renderer/components/CutName.js';
import { Name } from '../../../src/renderer/components/Name.js';
import { code, rich, strong, withCode } from '../../../src/renderer/components/rich.js';
import { PSEUDO_LOCALE, setLocale } from '../../../src/words/locale.js';

const text = (html: string) => html.replaceAll(/<[^>]*>/g, '');

afterEach(() => setLocale(undefined));

test('a name is isolated, not translated, and whole in a tooltip where it may be cut', () => {
  expect(renderToStaticMarkup(<Name>אבג</Name>)).toBe('<bdi translate="no">אבג</bdi>');
  expect(renderToStaticMarkup(<Name className="cut">long</Name>)).toContain('title="long"');
});

test('a long name is cut in its middle, so that names which begin alike differ', () => {
  const html = renderToStaticMarkup(<CutName>Research, team one 👩‍🔬</CutName>);
  expect(html).toContain('title="Research, team one 👩‍🔬"');
  expect(text(html)).toBe('Research, team one 👩‍🔬');
  expect(text(renderToStaticMarkup(<CutName>ab</CutName>))).toBe('ab');
});

test('a message keeps the order of its language around names and emphasis', () => {
  const shown = () => renderToStaticMarkup(rich('app.frame.firstRequest', { strong, tool: <Name>Codex</Name> }));
  expect(shown()).toBe('It works: first request from <strong><bdi translate="no">Codex</bdi></strong>.');
  setLocale(PSEUDO_LOCALE);
  expect(text(shown())).toMatch(/^⟦[^a-z]*Codex[^a-z]*⟧$/);
});

test('what a person types is code, by tags and by backticks', () => {
  const command = '<code class="selectable" translate="no">meshagent</code>';
  expect(renderToStaticMarkup(rich('app.account.projectOfSettings', { code }))).toBe(
    `Shared with the ${command} command.`,
  );
  expect(renderToStaticMarkup(withCode('Run `meshagent` & see.'))).toBe(`Run ${command} &amp; see.`);
});
