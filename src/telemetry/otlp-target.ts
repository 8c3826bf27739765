import { isLoopbackHost } from '../net/loopback.js';
import type { ProxyConfig } from '../settings/config.js';
import { MeshbarError } from '../shared/errors.js';

/** Where metrics and spans go. Holds no secret: headers stay in the environment until the exporter reads them. */
export interface OtlpTarget {
  readonly metricsUrl: string;
  readonly tracesUrl: string;
}

type Wish = Pick<ProxyConfig, 'otlpUrl' | 'allowPlainOtlp'>;

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
const DEFAULT_ENDPOINT = 'http://localhost:4318';
const PREFIX = 'OTEL_EXPORTER_OTLP';
const HEADER_PAIR = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*=/;

/**
 * The two addresses of a collector: of the URL that was given, else of OTEL_EXPORTER_OTLP_[METRICS_|TRACES_]ENDPOINT,
 * else of this machine's usual one; undefined where nobody asked for one, whatever the environment says. Throws
 * MeshbarError invalid_option or collector_unencrypted, without repeating what could be a secret.
 */
export function collectorOf(wish: Wish, env: NodeJS.ProcessEnv): OtlpTarget | undefined {
  if (!wish.otlpUrl) return undefined;
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
function signalUrl(signal: string, path: string, { otlpUrl, allowPlainOtlp }: Wish, env: NodeJS.ProcessEnv): string {
  const own = `${PREFIX}_${signal}_ENDPOINT`;
  if (typeof otlpUrl !== 'string' && env[own]) return checked(env[own], own, allowPlainOtlp).href;
  const [source, text] =
    typeof otlpUrl === 'string'
      ? ['The address of the collector', otlpUrl]
      : [`${PREFIX}_ENDPOINT`, env[`${PREFIX}_ENDPOINT`] || DEFAULT_ENDPOINT];
  const url = checked(text, source, allowPlainOtlp);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
  return url.href;
}

function checked(text: string, source: string, allowPlainHttp: boolean): URL {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw invalid(`${source} is not a valid http or https URL.`, 'It looks like https://collector.example:4318.');
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw invalid(`${source} must not hold a user or password.`, `Set ${PREFIX}_HEADERS instead.`);
  }
  if (url.protocol === 'http:' && !allowPlainHttp && !isLoopbackHost(url.hostname.replace(/^\[(.*)\]$/, '$1'))) {
    throw new MeshbarError(
      'collector_unencrypted',
      `${source} must be https, except on this machine: figures and keys would cross the network unencrypted.`,
      { hint: 'Use https.' },
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
