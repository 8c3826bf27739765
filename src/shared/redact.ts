import { PROVIDER_KEY_STARTS } from './providers.js';

/** Keeps secrets out of whatever a person, a log or a bug report may see. Pure but for what it has been told. */

export interface Redactor {
  /** Makes a key or a token known: from now on it is left out wherever it stands. */
  learn(secret: string | undefined): void;
  /** The text without the secrets it knows, and without what has the shape of one. */
  redact(text: string): string;
}

const REDACTED = '[redacted]';
/** Shorter ones are left out by shape alone: a key "a" would take every "a" from a sentence. */
const MIN_KNOWN_LENGTH = 4;

/** What gives a secret away without its being known: each pattern keeps its first group. */
const SHAPES: readonly RegExp[] = [
  // Authorization fields, and "Bearer" in a sentence about one.
  /(\b(?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=:-]{6,}/gi,
  // Providers' own keys, partly starred ones too.
  new RegExp(`(\\b(?:${PROVIDER_KEY_STARTS.join('|')}))[A-Za-z0-9_*-]{4,}`, 'g'),
  // Our own named keys.
  /(\bmb-)[A-Za-z0-9_-]{20,}/g,
  // JSON Web Tokens (RFC 7519): two or three base64url parts, the first an object.
  /(\beyJ)[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*){1,2}/g,
  // name=value and "name": "value" of settings, forms and queries.
  /(\b(?:access_token|refresh_token|id_token|client_secret|llm_proxy_bearer_token|x-api-key|api[_-]?key|code_verifier)["']?\s*[=:]\s*["']?)[^\s"'&,;}]{4,}/gi,
  // An authorization code on its way back, and credentials in a URL.
  /([?&]code=)[^\s&"']+/gi,
  /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+(?=@)/gi,
];

export function createRedactor(): Redactor {
  const forms = new Set<string>();
  let longestFirst: readonly string[] = [];
  return {
    learn(secret) {
      if (secret === undefined || secret.length < MIN_KNOWN_LENGTH || forms.has(secret)) return;
      // As it is, and as URLs and JSON write it.
      for (const form of [secret, encodeURIComponent(secret.toWellFormed()), JSON.stringify(secret).slice(1, -1)]) {
        forms.add(form);
      }
      longestFirst = [...forms].sort((a, b) => b.length - a.length);
    },
    redact(text) {
      let shown = text;
      for (const form of longestFirst) shown = shown.replaceAll(form, REDACTED);
      for (const shape of SHAPES) shown = shown.replace(shape, `$1${REDACTED}`);
      return shown;
    },
  };
}
