import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { Certificate } from './certificates.js';

/** What an attribute or a number may be in OTLP's JSON (opentelemetry-proto, `AnyValue`). */
interface AnyValue {
  readonly stringValue?: string;
  readonly intValue?: number | string;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
}

interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly KeyValue[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface ReceivedSpan extends Omit<WireSpan, 'attributes'> {
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

interface ReceivedPoint {
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** The value, or the sum of a histogram. */
  readonly value: number;
}

export interface OtlpReceiver {
  readonly url: string;
  readonly port: number;
  readonly requests: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }[];
  /** What it answers with; 'hang': never. */
  status: number | 'hang';
  readonly spans: ReceivedSpan[];
  /** The resource of the last request. */
  readonly resource: Readonly<Record<string, string | number | boolean>>;
  /** The newest points of a metric. */
  points(name: string): ReceivedPoint[];
}

/** A collector that takes OTLP over HTTP in JSON; over TLS if given a certificate. */
export async function startOtlpReceiver(certificate?: Certificate): Promise<OtlpReceiver> {
  const metrics = new Map<string, ReceivedPoint[]>();
  const receiver = {
    port: 0,
    url: '',
    requests: [] as OtlpReceiver['requests'],
    status: 200 as number | 'hang',
    spans: [] as ReceivedSpan[],
    resource: {} as OtlpReceiver['resource'],
    points: (name: string) => metrics.get(name) ?? [],
  };

  function take(path: string, body: string): void {
    const message = JSON.parse(body) as {
      resourceSpans?: { resource: { attributes: KeyValue[] }; scopeSpans: { spans: WireSpan[] }[] }[];
      resourceMetrics?: { resource: { attributes: KeyValue[] }; scopeMetrics: { metrics: WireMetric[] }[] }[];
    };
    if (path.endsWith('/v1/traces') !== (message.resourceSpans !== undefined)) throw new Error(`Misplaced at ${path}.`);
    for (const { resource, scopeSpans } of message.resourceSpans ?? []) {
      receiver.resource = flat(resource.attributes);
      for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
        receiver.spans.push({ ...span, attributes: flat(span.attributes) });
      }
    }
    for (const { resource, scopeMetrics } of message.resourceMetrics ?? []) {
      receiver.resource = flat(resource.attributes);
      for (const metric of scopeMetrics.flatMap((scope) => scope.metrics)) metrics.set(metric.name, pointsOf(metric));
    }
  }

  const listener: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const body = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
      receiver.requests.push({ path: request.url ?? '', headers: request.headers, body });
      if (receiver.status === 'hang') return;
      if (receiver.status === 200) take(request.url ?? '', body);
      response.writeHead(receiver.status, { 'Content-Type': 'application/json' }).end('{}');
    });
  };
  const server = certificate ? https.createServer({ ...certificate }, listener) : http.createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  receiver.port = (server.address() as AddressInfo).port;
  receiver.url = `${certificate ? 'https' : 'http'}://127.0.0.1:${receiver.port}`;
  return receiver;
}

interface WirePoint {
  readonly attributes: readonly KeyValue[];
  readonly asInt?: number | string;
  readonly asDouble?: number;
  readonly sum?: number;
}

interface WireMetric {
  readonly name: string;
  readonly unit: string;
  readonly sum?: { readonly dataPoints: WirePoint[] };
  readonly histogram?: { readonly dataPoints: WirePoint[] };
}

function pointsOf({ sum, histogram }: WireMetric): ReceivedPoint[] {
  return (sum ?? histogram)?.dataPoints.map(({ attributes, asInt, asDouble, sum: total }) => ({
    attributes: flat(attributes),
    value: Number(asInt ?? asDouble ?? total),
  })) as ReceivedPoint[];
}

function flat(attributes: readonly KeyValue[]): Record<string, string | number | boolean> {
  return Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue, doubleValue, boolValue } }) => [
      key,
      stringValue ?? (intValue === undefined ? (doubleValue ?? boolValue ?? '') : Number(intValue)),
    ]),
  );
}
