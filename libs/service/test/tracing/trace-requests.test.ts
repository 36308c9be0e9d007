import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RecordedSpans, recordSpans } from '@learnamp/testkit';
import { inSpan } from '@learnamp/tracing';
import Fastify, { type FastifyInstance } from 'fastify';
import { addHealthRoutes, traceRequests } from '../../src/index.ts';

let recorded: RecordedSpans;
let server: FastifyInstance;
let origin: string;

beforeEach(async () => {
  recorded = recordSpans();
  server = Fastify();
  traceRequests(server, 'a-service');
  addHealthRoutes(server, { live: () => true, ready: () => true });
  server.post('/people/:id', async () => inSpan('inside', { scope: 'test' }, () => Promise.resolve({})));
  server.get('/broken', () => Promise.reject(new Error('broken')));
  server.get('/never', () => new Promise(() => undefined));
  await server.listen({ port: 0, host: '127.0.0.1' });
  origin = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await server.close();
  await recorded.stop();
});

const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const post = (path: string, headers = {}) =>
  fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{}',
  });
const ofServer = () => recorded.spans().filter(({ kind }) => kind === 'server');

describe('the span of a request', () => {
  it('tells of route, method and status, and nothing that the request said', async () => {
    await post('/people/ada@example.test?code=secret');
    await post('/nowhere/ada@example.test');

    expect(ofServer().map(({ name, attributes }) => [name, attributes])).toEqual([
      [
        'POST /people/:id',
        { 'http.request.method': 'POST', 'http.route': '/people/:id', 'http.response.status_code': 200 },
      ],
      ['POST', { 'http.request.method': 'POST', 'http.response.status_code': 404 }],
    ]);
    expect(JSON.stringify(recorded.spans())).not.toMatch(/ada|secret/);
  });

  it('has what is done for the request below it, after its body was read', async () => {
    await post('/people/7');

    const inside = recorded.spans().find(({ name }) => name === 'inside');
    expect(inside?.parentSpanId).toBe(ofServer()[0]?.spanId);
  });

  it('begins a trace of its own, whatever trace a stranger names', async () => {
    await post('/people/7', { traceparent });

    expect(ofServer()).toEqual([expect.objectContaining({ parentSpanId: undefined, links: [] })]);
    expect(ofServer()[0]?.traceId).not.toBe('a'.repeat(32));
  });

  it('says that it failed where the answer does', async () => {
    await fetch(`${origin}/broken`);

    expect(ofServer()[0]).toMatchObject({ failed: true, attributes: { 'http.response.status_code': 500 } });
  });

  it('ends when whoever asked goes away', async () => {
    const asking = httpRequest(`${origin}/never`).on('error', () => undefined);
    const arrived = new Promise((resolve) => server.server.once('request', resolve));
    asking.end();
    await arrived;
    asking.destroy();

    const deadline = performance.now() + 5_000;
    while (ofServer().length === 0 && performance.now() < deadline) await new Promise(setImmediate);
    expect(ofServer()).toEqual([expect.objectContaining({ name: 'GET /never', failed: true })]);
  });

  it('is none for probes', async () => {
    await fetch(`${origin}/health/live`);

    expect(recorded.spans()).toEqual([]);
  });
});
