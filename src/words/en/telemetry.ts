/** How exports to an OpenTelemetry collector fare. */
export const telemetry = {
  'telemetry.metrics.reachedAgain': 'Metrics reach the OTLP collector at {host} again.',
  'telemetry.metrics.reachedAgainWithout':
    '{count, plural, one {Metrics reach the OTLP collector at {host} again; # was lost.} other {Metrics reach the OTLP collector at {host} again; # were lost.}}',
  'telemetry.metrics.unreached':
    'Metrics don’t reach the OTLP collector at {host} ({reason}). Exchanges pass all the same.',
  'telemetry.metrics.dropping': 'The OTLP collector at {host} can’t keep up: metrics are being dropped.',
  'telemetry.metrics.lost': 'Metrics that the OTLP collector at {host} did not take: {count}.',
  'telemetry.spans.reachedAgain': 'Spans reach the OTLP collector at {host} again.',
  'telemetry.spans.reachedAgainWithout':
    '{count, plural, one {Spans reach the OTLP collector at {host} again; # was lost.} other {Spans reach the OTLP collector at {host} again; # were lost.}}',
  'telemetry.spans.unreached':
    'Spans don’t reach the OTLP collector at {host} ({reason}). Exchanges pass all the same.',
  'telemetry.spans.dropping': 'The OTLP collector at {host} can’t keep up: spans are being dropped.',
  'telemetry.spans.lost': 'Spans that the OTLP collector at {host} did not take: {count}.',
  'telemetry.reason.corporateProxy.address': 'HTTPS_PROXY is not a valid URL',
  'telemetry.reason.corporateProxy.status': 'the corporate proxy {proxy}: status {status}',
  'telemetry.reason.corporateProxy.code': 'the corporate proxy {proxy}: {reason}',
  'telemetry.reason.status': 'status {status}',
  'telemetry.reason.late': 'no proper answer in time',
  'telemetry.failed': 'Telemetry failed on an exchange ({name}).',
} as const;
