import { isLoopbackHost } from '../net/loopback.js';
import type { ProxyConfig } from '../settings/config.js';
import { type ErrorData, MeshbarError } from '../shared/errors.js';

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
  const general = `${PREFIX}_ENDPOINT`;
  const url =
    typeof otlpUrl === 'string'
      ? checked(otlpUrl, undefined, allowPlainOtlp)
      : checked(env[general] || DEFAULT_ENDPOINT, general, allowPlainOtlp);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
  return url.href;
}

/** `name`: the variable that the address is from; undefined: a person gave it. */
function checked(text: string, name: string | undefined, allowPlainHttp: boolean): URL {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw invalid(name === undefined ? { why: 'otlp_url' } : { why: 'otlp_variable_url', name });
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    const variable = `${PREFIX}_HEADERS`;
    throw invalid(name === undefined ? { why: 'otlp_user', variable } : { why: 'otlp_variable_user', name, variable });
  }
  if (url.protocol === 'http:' && !allowPlainHttp && !isLoopbackHost(url.hostname.replace(/^\[(.*)\]$/, '$1'))) {
    throw new MeshbarError('collector_unencrypted', name === undefined ? { why: 'given' } : { why: 'variable', name });
  }
  return url;
}

/** The specification's default is a choice of the exporter's; a protocol that was asked for and isn't spoken is not. */
function checkProtocol(env: NodeJS.ProcessEnv): void {
  for (const name of [`${PREFIX}_PROTOCOL`, `${PREFIX}_METRICS_PROTOCOL`, `${PREFIX}_TRACES_PROTOCOL`]) {
    if (!env[name] || env[name] === 'http/json') continue;
    throw invalid({ why: 'otlp_protocol', name });
  }
}

function checkHeaders(name: string, value: string | undefined): void {
  const pairs = (value ?? '').split(',').map((pair) => pair.trim());
  if (pairs.every((pair) => pair === '' || (HEADER_PAIR.test(pair) && isFieldValue(pair)))) return;
  throw invalid({ why: 'otlp_headers', name });
}

/** Whether it is percent-encoded properly, and fits into an HTTP field. */
function isFieldValue(text: string): boolean {
  try {
    return /^[\x20-\x7e]*$/.test(decodeURIComponent(text));
  } catch {
    return false;
  }
}

function invalid(data: ErrorData['invalid_option']): MeshbarError {
  return new MeshbarError('invalid_option', data);
}
