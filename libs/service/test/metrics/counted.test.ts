import { describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { countRequests, createBusMetrics, createMetrics } from '../../src/index.ts';

describe('the numbers of requests', () => {
  it('tell route, method, status and time, and no address that somebody made up', async () => {
    const metrics = createMetrics();
    const server = Fastify();
    countRequests(server, metrics);
    server.get('/people/:id', () => ({}));
    server.get('/health', { logLevel: 'silent' }, () => ({}));

    for (const url of ['/people/1', '/people/2', '/nowhere/secret', '/health']) await server.inject(url);

    const text = await metrics.metrics();
    expect(text).toContain('http_request_seconds_count{route="/people/:id",method="GET",status="200"} 2\n');
    expect(text).toContain('http_request_seconds_count{route="none",method="GET",status="404"} 1\n');
    expect(text).not.toMatch(/secret|\/health/);
    await server.close();
  });
});

describe('the numbers of the bus', () => {
  it('tell what was decided, how old it was, what comes again and what waits', async () => {
    const metrics = createMetrics();
    const observer = createBusMetrics(metrics);
    const where = { groupId: 'writer', topic: 'directory.users' };

    observer.decided(where, 'done', 200);
    observer.decided(where, 'dead-letter', 2_000);
    observer.failed(where);
    observer.behind({ ...where, partition: 3 }, 17);

    const text = await metrics.metrics();
    const labels = 'group="writer",topic="directory.users"';
    expect(text).toContain(`bus_records_total{${labels},outcome="dead-letter"} 1\n`);
    expect(text).toContain(`bus_record_age_seconds_bucket{le="0.25",${labels}} 1\n`);
    expect(text).toContain(`bus_failed_batches_total{${labels}} 1\n`);
    expect(text).toContain(`bus_lag_records{${labels},partition="3"} 17\n`);
  });
});
