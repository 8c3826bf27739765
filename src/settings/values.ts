import type { SettingType } from './types.js';

/** Whether a value is one of this type, whoever wrote it. */
export function accepts(type: SettingType, value: unknown): boolean {
  switch (type.kind) {
    case 'flag':
      return typeof value === 'boolean';
    case 'optionalFlag':
      return value === undefined || typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && type.values.includes(value);
    case 'number':
      return isBetween(value, type.min, type.max) && (!type.whole || Number.isInteger(value));
    case 'limit':
      return value === null || (isBetween(value, type.min, type.max) && Number.isInteger(value));
    case 'host':
      return typeof value === 'string' && isHost(value);
    case 'name':
      return value === undefined || (typeof value === 'string' && value.trim() !== '');
    case 'secret':
      return value === undefined || typeof value === 'string';
    case 'url':
      return value === undefined || isUrl(value);
    case 'address':
      return value === '' || (isUrl(value) && value.length <= 500);
    case 'source':
      return typeof value === 'boolean' || value === '' || isUrl(value);
    case 'names':
      return isListOf(value, (name) => name.trim() !== '');
    case 'origins':
      return isListOf(value, (origin) => isUrl(origin) && new URL(origin).origin === origin);
    case 'shortcut':
      return typeof value === 'string' && value.length <= 60;
  }
}

/**
 * The value that a person means by a text, or an environment variable by its own; of a list, one entry. undefined: it is
 * none of this type.
 */
export function valueFrom(type: SettingType, text: string): unknown {
  const value = meantBy(type, text);
  return accepts(type, type.kind === 'names' || type.kind === 'origins' ? [value] : value) ? value : undefined;
}

function meantBy(type: SettingType, text: string): unknown {
  switch (type.kind) {
    case 'number':
    case 'limit':
      // Number() takes blanks for 0, and hexadecimals and exponents that nobody means.
      return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
    case 'host':
      return bareHost(text.trim());
    case 'source':
      // A variable that says yes.
      return text === '1' || text === 'true' ? true : text;
    case 'origins':
      return text.replace(/\/$/, '');
    default:
      return text;
  }
}

/** Without the brackets that a URL puts around IPv6. */
export function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

/** Whether it can be bound shows when it is tried. */
function isHost(text: string): boolean {
  if (text.length > 253) return false;
  if (/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text)) return true;
  const [, address] = /^([0-9A-Fa-f:.]+)(?:%[\w.-]+)?$/.exec(text) ?? [];
  return address !== undefined && URL.canParse(`http://[${address}]`);
}

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function isBetween(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && value >= min && value <= max;
}

function isListOf(value: unknown, isOne: (text: string) => boolean): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && isOne(one));
}
