import { expect, test } from 'vitest';
import { MeshbarError } from '../../src/shared/errors.js';
import { otlpTarget } from '../../src/telemetry/otlp-target.js';

const target = (url: string | undefined, env: NodeJS.ProcessEnv = {}, allowPlainHttp = false) =>
  otlpTarget({ url, allowPlainHttp }, env);

function refusal(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (error instanceof MeshbarError && error.code === 'invalid_option') return `${error.message} ${error.hint}`;
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
  expect(target(undefined)).toEqual({
    metricsUrl: 'http://localhost:4318/v1/metrics',
    tracesUrl: 'http://localhost:4318/v1/traces',
  });
  expect(
    target(undefined, {
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
  expect(refusal(() => target('http://collector.example:4318'))).toMatch(/^--otlp must be https.*--otlp-insecure\.$/);
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost.example' };
  expect(refusal(() => target(undefined, env))).toMatch(/^OTEL_EXPORTER_OTLP_ENDPOINT must be https/);
  expect(target('http://collector.example', {}, true).tracesUrl).toBe('http://collector.example/v1/traces');
});

test.each([
  ['no URL', 'collector:4318x', {}, /^--otlp is not a valid http or https URL\./],
  ['another scheme', 'grpc://collector.example', {}, /^--otlp is not a valid http or https URL\./],
  ['a password', 'https://me:secret-of-mine@collector.example', {}, /user or password.*OTEL_EXPORTER_OTLP_HEADERS/],
  ['grpc', undefined, { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, /OTLP_PROTOCOL asks for another protocol.*http\/json/],
  ['protobuf', undefined, { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf' }, /TRACES_PROTOCOL asks for another/],
  [
    'no pairs',
    undefined,
    { OTEL_EXPORTER_OTLP_HEADERS: 'Bearer secret-of-mine' },
    /HEADERS is not a list of name=value/,
  ],
  ['half an escape', undefined, { OTEL_EXPORTER_OTLP_HEADERS: 'x-key=secret-of-mine%2' }, /HEADERS is not a list/],
  ['a line break', undefined, { OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%0Asecret-of-mine' }, /HEADERS is not a list/],
])('%s is refused, and no secret repeated', (_name, url, env, expected) => {
  const said = refusal(() => target(url, env));
  expect(said).toMatch(expected);
  expect(said).not.toContain('secret-of-mine');
});
