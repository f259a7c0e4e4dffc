// What Prometheus reads at /metrics.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { SourcesReport } from '../web/sources-page.tsx';

export type Metrics = {
  registry: Registry;
  /** From then on asks this for the report. */
  follow(sources: () => Promise<SourcesReport>): void;
  requests: Counter<'method' | 'status'>;
  seconds: Histogram<'kind'>;
  pageCache: Counter<'result'>;
};

/** `sources` is asked at every reading; where it fails the other measures are still given. */
export function createMetrics(sources: () => Promise<SourcesReport>): Metrics {
  const registry = new Registry();
  let followed = sources;
  collectDefaultMetrics({ register: registry, prefix: 'broadsheet_' });
  measureSources(registry, () => followed());
  return {
    registry,
    follow(next) {
      followed = next;
    },
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

function measureSources(registry: Registry, sources: () => Promise<SourcesReport>): void {
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    measure: (gauge: Gauge<Label>, report: SourcesReport) => void,
  ) =>
    new Gauge<Label>({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        const report = await sources().catch(() => undefined);
        if (report) measure(this, report);
      },
    });
  gauge(
    'broadsheet_jobs',
    'Jobs in the queue, by state; dead ones were given up.',
    ['state'],
    (jobs, report) => {
      for (const [state, count] of Object.entries(report.jobs)) jobs.set({ state }, count);
    },
  );
  gauge(
    'broadsheet_source_last_success_seconds',
    'When a source was last read well, in seconds since 1970.',
    ['source'],
    (lastSuccess, report) => {
      for (const { name, lastSuccessAt } of report.sources) {
        if (lastSuccessAt) lastSuccess.set({ source: name }, Date.parse(lastSuccessAt) / 1_000);
      }
    },
  );
  gauge(
    'broadsheet_source_reached_seconds',
    'Up to when a source has been read, by its own time, in seconds since 1970.',
    ['source'],
    (reached, report) => {
      for (const source of report.sources) {
        if (source.reached) {
          reached.set({ source: source.name }, Date.parse(source.reached) / 1_000);
        }
      }
    },
  );
  gauge(
    'broadsheet_source_rejects_total',
    'Records of a source that could not be read.',
    ['source'],
    (rejects, report) => {
      for (const source of report.sources) rejects.set({ source: source.name }, source.rejects);
    },
  );
  gauge(
    'broadsheet_announced_missing',
    'Papers that were announced in the last 14 days and are not here.',
    [],
    (missing, report) => {
      missing.set(report.days.reduce((sum, day) => sum + day.missingCount, 0));
    },
  );
  gauge(
    'broadsheet_announcement_days',
    'Announcement days of the last 14 days, by what is known of their completeness.',
    ['status'],
    (days, report) => {
      for (const status of ['complete', 'pending', 'incomplete', 'unknown'] as const) {
        days.set({ status }, report.days.filter((day) => day.status === status).length);
      }
    },
  );
}
