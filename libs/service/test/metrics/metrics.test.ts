import { afterEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { Counter } from 'prom-client';
import { createMetrics, startMetricsServer } from '../../src/index.ts';

const open: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(metrics: ReturnType<typeof createMetrics>): Promise<string> {
  const server = await startMetricsServer(metrics, { port: 0, host: '127.0.0.1' });
  open.push(server);
  return `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

describe('GET /metrics', () => {
  it('tells in Prometheus’ own format what was counted, and how the process does', async () => {
    const metrics = createMetrics();
    const counter = new Counter({ name: 'doors_total', help: 'Doors.', labelNames: ['state'], registers: [metrics] });
    counter.inc({ state: 'open' }, 2);

    const response = await fetch(`${await serve(metrics)}/metrics`);
    const text = await response.text();

    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toContain('doors_total{state="open"} 2\n');
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  });

  it('knows only what is counted in the same room', async () => {
    new Counter({ name: 'doors_total', help: 'Doors.', registers: [createMetrics()] }).inc();

    expect(await (await fetch(`${await serve(createMetrics())}/metrics`)).text()).not.toContain('doors_total');
  });
});
