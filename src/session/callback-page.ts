import { createHash } from 'node:crypto';
import type { MeshbarError } from '../shared/errors.js';
import { errorText, t } from '../words/index.js';
import { formattingLocale } from '../words/locale.js';

const STYLE = `:root { color-scheme: light dark; }
body { font: 17px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 18vh auto 0; padding: 0 1.5rem; }
h1 { font-size: 1.4rem; font-weight: 600; }`;

/** No script, no frame, nothing loaded from anywhere; the style is named by its hash (CSP level 3). */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

export function signedInPage(who: string | undefined): string {
  const greeting = who === undefined ? t('session.page.signedIn') : t('session.page.signedInAs', { who });
  return page(t('session.page.signedInTitle'), [greeting, t('session.page.backToMeshbar')]);
}

/** In the app's terms: they name no command, which nobody could type here. */
export function failedPage({ facts }: MeshbarError): string {
  const { message, hint = t('session.page.tryAgain') } = errorText(facts, 'app');
  return page(t('session.page.failedTitle'), [message, hint]);
}

export function usedPage(): string {
  return page(t('session.page.usedTitle'), [t('session.page.used'), t('session.page.close')]);
}

function page(title: string, paragraphs: readonly string[]): string {
  return `<!doctype html>
<html lang="${formattingLocale()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n')}
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
