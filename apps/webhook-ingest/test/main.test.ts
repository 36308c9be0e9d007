import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parseKeyRing } from '@learnamp/contracts';
import { startOtlpReceiver } from '@learnamp/testkit';
import { aChangeNotification } from './a-change-notification.ts';
import { aKey } from './start-door.ts';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const running: ChildProcess[] = [];

beforeAll(() => {
  if (!existsSync(main)) throw new Error('the service is not compiled: run "npx nx build webhook-ingest" first');
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: { METRICS_PORT: '0', DRAIN_SECONDS: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (output.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output.stderr += data.toString()));
  const ended = once(child, 'close').then(([code]) => code as number);
  return { child, output, ended };
}

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('the process', () => {
  it('ends with code 2 and one line when the configuration is wrong', async () => {
    const { output, ended } = start({ PORT: 'http-secret' });

    expect(await ended).toBe(2);
    expect(output.stderr).toMatch(/^invalid configuration: [^\n]*\n$/);
    expect(output.stderr).not.toContain('http-secret');
  });

  it('ends with code 2 and one line when its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;

    const { output, ended } = start({
      HOST: '127.0.0.1',
      PORT: String(port),
      KAFKA_BROKERS: '127.0.0.1:1',
      CLIENT_STATE_KEYS: aKey('k'),
    });

    expect(await ended).toBe(2);
    expect(output.stderr).toMatch(new RegExp(`^port ${port} is in use[^\n]*\n$`));
    taken.close();
    await once(taken, 'close');
  });

  it('tells its numbers at a port of their own, and not at the door', async () => {
    const [port, metricsPort] = [await freePort(), await freePort()];
    const { child, output } = start({
      HOST: '127.0.0.1',
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      KAFKA_BROKERS: '127.0.0.1:1',
      CLIENT_STATE_KEYS: aKey('k'),
    });
    while (!output.stdout.includes('"listening"')) await once(child.stdout as NodeJS.EventEmitter, 'data');
    await fetch(`http://127.0.0.1:${port}/graph/lifecycle?validationToken=abc`, { method: 'POST' });

    const numbers = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();

    expect(numbers).toContain('webhook_ingest_handshakes_total{outcome="answered"} 1\n');
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(404);
  }, 20_000);

  it.each([
    {
      tells: 'of each POST in a trace, the last ones when it stops',
      collector: true,
      spans: ['POST /graph/lifecycle'],
    },
    { tells: 'nobody of anything where no collector is named', collector: false, spans: [] },
  ])(
    'tells $tells',
    async ({ collector, spans }) => {
      const [port, receiver] = [await freePort(), await startOtlpReceiver()];
      const { child, output, ended } = start({
        HOST: '127.0.0.1',
        PORT: String(port),
        KAFKA_BROKERS: '127.0.0.1:1',
        CLIENT_STATE_KEYS: aKey('k'),
        DRAIN_SECONDS: '0',
        ...(collector ? { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url } : {}),
      });
      while (!output.stdout.includes('"listening"')) await once(child.stdout as NodeJS.EventEmitter, 'data');
      await fetch(`http://127.0.0.1:${port}/graph/lifecycle?validationToken=abc`, { method: 'POST' });

      child.kill('SIGTERM');

      expect(await ended).toBe(0);
      expect(receiver.spans().map(({ name }) => name)).toEqual(spans);
      expect(receiver.requests()).toBe(spans.length);
      expect(receiver.bodies().join()).not.toContain('abc');
      await receiver.stop();
    },
    20_000,
  );

  it('asked to stop, serves on for its time and says that it is not ready, then ends', async () => {
    const port = await freePort();
    const { child, output, ended } = start({
      HOST: '127.0.0.1',
      PORT: String(port),
      KAFKA_BROKERS: '127.0.0.1:1',
      CLIENT_STATE_KEYS: aKey('k'),
      DRAIN_SECONDS: '1',
    });
    while (!output.stdout.includes('"listening"')) await once(child.stdout as NodeJS.EventEmitter, 'data');
    const ready = async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).status;
    expect(await ready()).toBe(200);

    child.kill('SIGTERM');
    while ((await ready()) === 200);

    const served = await fetch(`http://127.0.0.1:${port}/graph/lifecycle?validationToken=abc`, { method: 'POST' });
    expect([served.status, served.headers.get('connection'), await served.text()]).toEqual([200, 'close', 'abc']);
    expect(await ended).toBe(0);
  }, 60_000);

  it('without brokers answers handshakes, says 503 in time, and stops when told to', async () => {
    const [port, broker] = [await freePort(), await freePort()];
    const key = aKey('k');
    const { child, output, ended } = start({
      HOST: '127.0.0.1',
      PORT: String(port),
      KAFKA_BROKERS: `127.0.0.1:${broker}`,
      CLIENT_STATE_KEYS: key,
    });
    while (!output.stdout.includes('"listening"')) await once(child.stdout as NodeJS.EventEmitter, 'data');
    const door = `http://127.0.0.1:${port}/graph/notifications`;

    const handshake = await fetch(`${door}?validationToken=abc`, { method: 'POST' });
    expect(await handshake.text()).toBe('abc');

    const started = performance.now();
    const refused = await fetch(door, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ value: [aChangeNotification(parseKeyRing(key))] }),
    });
    expect(refused.status).toBe(503);
    expect(performance.now() - started).toBeLessThan(2_500);

    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  }, 60_000);
});
