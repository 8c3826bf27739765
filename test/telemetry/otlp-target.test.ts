import { expect, test } from 'vitest';
import { MeshbarError } from '../../src/shared/errors.js';
import { collectorOf } from '../../src/telemetry/otlp-target.js';
import { wordsOf } from '../helpers/error-words.js';

const target = (otlpUrl: string | true, env: NodeJS.ProcessEnv = {}, allowPlainOtlp = false) =>
  collectorOf({ otlpUrl, allowPlainOtlp }, env);

function refusal(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (error instanceof MeshbarError) return wordsOf(error);
    throw error;
  }
  throw new Error('It was taken.');
}

test.each([
  ['https://collector.example', 'https://collector.example/v1/'],
  ['https://collector.example:4318/', 'https://collector.example:4318/v1/'],
  ['https://collector.example/otlp/', 'https://collector.example/otlp/v1/'],
  ['http://localhost:4318', 'http://localhost:4318/v1/'],
  ['http://[::1]:4318', 'http://[::1]:4318/v1/'],
])('%s is a base', (url, base) => {
  // What the environment names is for those who name nothing.
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://other.example', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'nonsense' };
  expect(target(url, env)).toEqual({ metricsUrl: `${base}metrics`, tracesUrl: `${base}traces` });
});

test('without a URL the environment counts, each signal for itself first, then what is usual', () => {
  expect(target(true)).toEqual({
    metricsUrl: 'http://localhost:4318/v1/metrics',
    tracesUrl: 'http://localhost:4318/v1/traces',
  });
  expect(
    target(true, {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example/a',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/here',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b, authorization=Bearer%20c,',
    }),
  ).toEqual({
    metricsUrl: 'https://collector.example/a/v1/metrics',
    tracesUrl: 'https://traces.example/here',
  });
});

test('plain http beyond this machine is refused, unless somebody insists', () => {
  expect(refusal(() => target('http://collector.example:4318'))).toMatch(/^The address of the collector must be https/);
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost.example' };
  expect(refusal(() => target(true, env))).toMatch(/^OTEL_EXPORTER_OTLP_ENDPOINT must be https/);
  expect(target('http://collector.example', {}, true)?.tracesUrl).toBe('http://collector.example/v1/traces');
});

test.each([
  ['no URL', 'collector:4318x', {}, /^The address of the collector is not a valid/],
  ['another scheme', 'grpc://collector.example', {}, /^The address of the collector is not a valid/],
  ['a password', 'https://me:secret-of-mine@collector.example', {}, /user or password.*OTEL_EXPORTER_OTLP_HEADERS/],
  ['grpc', true, { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, /OTLP_PROTOCOL asks for a protocol other than http\/json/],
  [
    'protobuf',
    true,
    { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf' },
    /TRACES_PROTOCOL asks for a protocol other/,
  ],
  ['no pairs', true, { OTEL_EXPORTER_OTLP_HEADERS: 'Bearer secret-of-mine' }, /HEADERS is not a list of name=value/],
  ['half an escape', true, { OTEL_EXPORTER_OTLP_HEADERS: 'x-key=secret-of-mine%2' }, /HEADERS is not a list/],
  ['a line break', true, { OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%0Asecret-of-mine' }, /HEADERS is not a list/],
] satisfies [string, string | true, NodeJS.ProcessEnv, RegExp][])(
  '%s is refused, and no secret repeated',
  (_name, url, env, expected) => {
    const said = refusal(() => target(url, env));
    expect(said).toMatch(expected);
    expect(said).not.toContain('secret-of-mine');
  },
);
