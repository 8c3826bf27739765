import { isLoopbackHost } from '../net/loopback.js';
import type { OtlpTarget } from '../settings/config.js';
import { MeshbarError } from '../shared/errors.js';

export interface OtlpWish {
  /** Base URL of the collector; undefined: what the environment says. */
  readonly url?: string;
  /** A second, explicit yes to plain http beyond this machine. */
  readonly allowPlainHttp: boolean;
}

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
const DEFAULT_ENDPOINT = 'http://localhost:4318';
const PREFIX = 'OTEL_EXPORTER_OTLP';
const HEADER_PAIR = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*=/;

/**
 * The two addresses of a collector: of the wish's URL, else of OTEL_EXPORTER_OTLP_[METRICS_|TRACES_]ENDPOINT, else of
 * this machine's usual one. Throws MeshbarError invalid_option, without repeating what could be a secret.
 */
export function otlpTarget(wish: OtlpWish, env: NodeJS.ProcessEnv): OtlpTarget {
  checkProtocol(env);
  for (const name of [`${PREFIX}_HEADERS`, `${PREFIX}_METRICS_HEADERS`, `${PREFIX}_TRACES_HEADERS`]) {
    checkHeaders(name, env[name]);
  }
  return {
    metricsUrl: signalUrl('METRICS', 'v1/metrics', wish, env),
    tracesUrl: signalUrl('TRACES', 'v1/traces', wish, env),
  };
}

/** A signal's own variable is the whole address, the general ones are a base to which the signal's path is added. */
function signalUrl(signal: string, path: string, wish: OtlpWish, env: NodeJS.ProcessEnv): string {
  const own = `${PREFIX}_${signal}_ENDPOINT`;
  if (wish.url === undefined && env[own]) return checked(env[own], own, wish).href;
  const [source, text] =
    wish.url === undefined
      ? [`${PREFIX}_ENDPOINT`, env[`${PREFIX}_ENDPOINT`] || DEFAULT_ENDPOINT]
      : ['--otlp', wish.url];
  const url = checked(text, source, wish);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
  return url.href;
}

function checked(text: string, source: string, { allowPlainHttp }: OtlpWish): URL {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw invalid(`${source} is not a valid http or https URL.`, 'It looks like https://collector.example:4318.');
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw invalid(`${source} must not hold a user or password.`, `Set ${PREFIX}_HEADERS instead.`);
  }
  if (url.protocol === 'http:' && !allowPlainHttp && !isLoopbackHost(url.hostname.replace(/^\[(.*)\]$/, '$1'))) {
    throw invalid(
      `${source} must be https, except on this machine: figures and keys would cross the network unencrypted.`,
      'Use https, or insist with --otlp-insecure.',
    );
  }
  return url;
}

/** The specification's default is a choice of the exporter's; a protocol that was asked for and isn't spoken is not. */
function checkProtocol(env: NodeJS.ProcessEnv): void {
  for (const name of [`${PREFIX}_PROTOCOL`, `${PREFIX}_METRICS_PROTOCOL`, `${PREFIX}_TRACES_PROTOCOL`]) {
    if (!env[name] || env[name] === 'http/json') continue;
    throw invalid(
      `${name} asks for another protocol than http/json, the only one Meshbar exports with.`,
      "Set it to http/json, with the collector's HTTP address (mostly port 4318), or unset it.",
    );
  }
}

function checkHeaders(name: string, value: string | undefined): void {
  const pairs = (value ?? '').split(',').map((pair) => pair.trim());
  if (pairs.every((pair) => pair === '' || (HEADER_PAIR.test(pair) && isFieldValue(pair)))) return;
  throw invalid(`${name} is not a list of name=value pairs.`, 'Part them by commas, and percent-encode their values.');
}

/** Whether it is percent-encoded properly, and fits into an HTTP field. */
function isFieldValue(text: string): boolean {
  try {
    return /^[\x20-\x7e]*$/.test(decodeURIComponent(text));
  } catch {
    return false;
  }
}

function invalid(message: string, hint: string): MeshbarError {
  return new MeshbarError('invalid_option', message, { hint });
}
