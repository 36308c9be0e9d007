import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { portrait } from '../../src/generate/portrait.ts';
import { aDirectoryFile, aGroup, aUser, idOf } from './a-directory-file.ts';
import { runningEmulator } from './running-emulator.ts';

const running = runningEmulator();

/** Runs the caller in a process of its own: only there can it be told which authority to trust. */
async function runCaller(environment: Record<string, string>): Promise<{ code: number; output: string }> {
  const script = fileURLToPath(new URL('graph-client-caller.mjs', import.meta.url));
  const child = spawn(process.execPath, [script], { env: { PATH: process.env['PATH'] ?? '', ...environment } });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output: Buffer.concat(chunks).toString('utf8') };
}

describe("Microsoft's own Graph client", () => {
  it('pages, follows delta, writes, batches and uploads a photo, over https with the authority of the emulator', async () => {
    const users = Array.from({ length: 120 }, (_, n) => aUser(n));
    await running.start(aDirectoryFile(users, [aGroup(1, [idOf('user', 1)])]), { delta: { pageSize: 50 } });

    const { code, output } = await runCaller({
      NODE_EXTRA_CA_CERTS: running.emulator.caFile,
      GRAPH_BASE_URL: running.emulator.graphBaseUrl,
      TOKEN: await running.token(),
      GROUP_ID: idOf('group', 1),
      USER_ID: idOf('user', 2),
      PHOTO: portrait(1).toString('base64'),
    });

    expect(output).toBe(
      JSON.stringify({
        users: 120,
        delta: 120,
        members: [idOf('user', 1), idOf('user', 2)],
        batch: { statuses: [204, 200, 404], city: 'Lund' },
        photo: true,
      }),
    );
    expect(code).toBe(0);
  }, 60_000);

  it('refuses the https door when it has not been told of the authority', async () => {
    await running.start(aDirectoryFile());

    const { code } = await runCaller({
      GRAPH_BASE_URL: running.emulator.graphBaseUrl,
      TOKEN: 'x',
      GROUP_ID: 'x',
      USER_ID: 'x',
    });

    expect(code).not.toBe(0);
  }, 60_000);
});
