// What Prometheus reads at /metrics.
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export type Metrics = {
  registry: Registry;
  requests: Counter<'method' | 'status'>;
  seconds: Histogram<'kind'>;
  pageCache: Counter<'result'>;
};

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'broadsheet_' });
  return {
    registry,
    requests: new Counter({
      name: 'broadsheet_http_requests_total',
      help: 'Requests answered, by method and status.',
      labelNames: ['method', 'status'],
      registers: [registry],
    }),
    seconds: new Histogram({
      name: 'broadsheet_http_request_seconds',
      help: 'Time to answer a request, by kind of address.',
      labelNames: ['kind'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    }),
    pageCache: new Counter({
      name: 'broadsheet_page_cache_total',
      help: 'Answers out of the page cache (hit) and answers made (miss).',
      labelNames: ['result'],
      registers: [registry],
    }),
  };
}
