import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MetricReader } from '@opentelemetry/sdk-metrics';

/** Collects when somebody asks, and at no other time. */
export class ScrapeReader extends MetricReader {
  private readonly serializer = new PrometheusSerializer(undefined, false, undefined, false, true);

  /** Everything so far in Prometheus' text format 0.0.4. */
  async scrape(): Promise<string> {
    const { resourceMetrics } = await this.collect();
    const text = this.serializer.serialize(resourceMetrics);
    return text.endsWith('\n') ? text : `${text}\n`;
  }

  protected override async onForceFlush(): Promise<void> {}

  protected override async onShutdown(): Promise<void> {}
}
