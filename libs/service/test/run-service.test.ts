import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, describeStartFailure } from '../src/index.ts';

/** The error of listening on `port`. */
async function listenError(port: number): Promise<unknown> {
  const server = createServer();
  const failed = once(server, 'error');
  server.listen(port, '127.0.0.1');
  return (await failed)[0] as unknown;
}

describe('describeStartFailure', () => {
  it('says what is wrong with the configuration', () => {
    expect(describeStartFailure(new ConfigError(['PORT is missing']))).toBe('invalid configuration: PORT is missing');
  });

  it('names a port in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };

    const line = describeStartFailure(await listenError(port));

    taken.close();
    expect(line).toBe(`port ${port} is in use: stop what listens there, or choose another port`);
  });

  it('is one line, whatever was thrown', () => {
    expect(describeStartFailure(new Error('no database\n    at somewhere'))).toBe('could not start: no database');
    expect(describeStartFailure('out of luck')).toBe('could not start: out of luck');
  });
});
