import { readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRedactor } from '../shared/redact.js';

/** The one way by which a message leaves a shell, for a terminal, a log or a window: through redact(). */

const redactor = createRedactor();
const SETTINGS = ['settings.json', 'session.json', 'project.json'];
const stamps = new Map<string, string>();

/** Makes a key or token known, such as the proxy's local key. */
export const learnSecret = redactor.learn;

/** The text without the local key, without tokens of this process's environment and saved session, and their like. */
export function redact(text: string): string {
  for (const [name, value] of Object.entries(process.env)) {
    if (/TOKEN|SECRET|API_?KEY|PASSWORD/i.test(name) && !isPlain(name, value)) redactor.learn(value);
  }
  for (const name of SETTINGS) learnSettings(path.join(os.homedir(), '.meshagent', name));
  return redactor.redact(text);
}

/** JSON, redacted text by text: a secret that looks like a part of it, or like a name of ours, must not break the shape. */
export function redactedJson(value: unknown, space?: number): string {
  const texts = (key: string, inner: unknown) =>
    typeof inner === 'string' && key !== 'id' && key !== 'status' ? redact(inner) : inner;
  return JSON.stringify(value, texts, space);
}

/** A switch or a count, such as TOKENIZERS_PARALLELISM=false and MAX_TOKENS=32000. */
function isPlain(name: string, value = ''): boolean {
  return /^(?:true|false)$/i.test(value) || (/TOKENS/i.test(name) && /^\d+$/.test(value));
}

/** Tokens change while the proxy runs: the file is read again when it has. */
function learnSettings(file: string): void {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (!stats) return;
    const stamp = `${stats.ino} ${stats.mtimeMs} ${stats.size}`;
    if (stamps.get(file) === stamp) return;
    stamps.set(file, stamp);
    learnWithin(JSON.parse(readFileSync(file, 'utf8')), false);
  } catch {
    // What can't be read can't be known; the shapes of secrets are left out all the same.
  }
}

/** Whatever text is under a name of secrets, however deep: `active_api_keys` holds keys by project. */
function learnWithin(value: unknown, isSecret: boolean): void {
  if (typeof value === 'string' && isSecret) redactor.learn(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    learnWithin(inner, isSecret || (/token$|secret|api_key/.test(name) && name !== 'token_type'));
  }
}
