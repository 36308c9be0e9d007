import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { startDoor } from './start-door.ts';

// Made for these tests, of nobody's use elsewhere.
const pem = (name: string) => readFileSync(new URL(`certificates/${name}`, import.meta.url), 'utf8');

describe('with a certificate', () => {
  it('the door speaks https and no http', async () => {
    const tls = { cert: pem('localhost.pem'), key: pem('localhost-key.pem') };
    const door = await startDoor(() => ({ tls }));
    const { port } = new URL(door.origin);
    const asked = request({
      host: 'localhost',
      port,
      path: '/graph/notifications?validationToken=abc',
      method: 'POST',
      ca: tls.cert,
    });

    asked.end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const body = Buffer.concat((await response.toArray()) as Buffer[]).toString();

    expect([response.statusCode, body]).toEqual([200, 'abc']);
    await expect(fetch(`${door.origin}/health/live`)).rejects.toThrow();
    asked.destroy();
    await door.close();
  });
});
