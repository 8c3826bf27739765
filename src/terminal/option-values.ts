import { isIP } from 'node:net';
import { InvalidArgumentError } from 'commander';
import { learnSecret } from '../files/secrets.js';
import { PRICE_LIST_URL } from '../pricing/price-list-url.js';

/** What options take, each checked where it comes in. Throws InvalidArgumentError, which becomes a usage error. */

export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

/** An address or a name, without the brackets that a URL gives IPv6. */
export function parseHost(text: string): string {
  const host = text.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) === 0 && !/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(host)) {
    throw new InvalidArgumentError('It must be an address such as 127.0.0.1 or ::1, or a host name.');
  }
  return host;
}

/** Whether it will do is looked at later: what is said of a wrong value here would repeat it. */
export function keepKey(text: string): string {
  learnSecret(text);
  return text;
}

export function parseName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

export function parseUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError('It must be an http or https URL.');
  }
  return text;
}

export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() === '' || !Number.isFinite(seconds) || seconds < 0 || seconds > 86_400) {
    throw new InvalidArgumentError('It must be a number of seconds, at most a day.');
  }
  return seconds;
}

const AGE_UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** "90s", "5m", "2h", "1d" in milliseconds. */
export function parseAge(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError('Use a time such as 30s, 5m, 2h or 1d.');
  return Number(count) * (AGE_UNITS_MS[unit] as number);
}

/** From the environment it may be a plain yes. */
export function parsePriceUrl(text: string): string {
  return text === '1' || text === 'true' ? PRICE_LIST_URL : parseUrl(text);
}

export function parseKeepDays(text: string): number {
  const days = Number(text);
  if (!/^\d+$/.test(text) || days < 1 || days > 3650) throw new InvalidArgumentError('It must be 1 to 3650 days.');
  return days;
}

export function parseKeepSize(text: string): number {
  const megabytes = Number(text);
  if (!/^\d+$/.test(text) || megabytes < 1 || megabytes > 1_000_000) {
    throw new InvalidArgumentError('It must be a whole number of megabytes, at least 1.');
  }
  return megabytes;
}

export function collect(text: string, before: string[]): string[] {
  return [...before, text];
}

export function collectOrigins(text: string, before: string[]): string[] {
  if (!URL.canParse(text) || new URL(text).origin !== text.replace(/\/$/, '')) {
    throw new InvalidArgumentError('An origin looks like http://localhost:3000.');
  }
  return [...before, text.replace(/\/$/, '')];
}
