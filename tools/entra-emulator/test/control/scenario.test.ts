import { describe, expect, it } from '@jest/globals';
import { parseScenario } from '../../src/index.ts';
import { aDirectoryFile } from '../graph/a-directory-file.ts';
import { runningEmulator } from '../graph/running-emulator.ts';

const MINUTE = 60_000;
const running = runningEmulator();
const users = async () => (await running.get('/users')).status;

/** Starts an emulator that plays a scenario. Returns what it reports. */
async function play(steps: readonly object[]): Promise<string[]> {
  const lines: string[] = [];
  const scenario = parseScenario(JSON.stringify(steps));
  await running.start(aDirectoryFile(), { scenario, onScenario: (line) => lines.push(line) });
  return lines;
}

describe('a scenario', () => {
  it('gives its commands when their time has come', async () => {
    await play([{ after: 'PT5M', do: 'add-fault', rule: { fault: { status: 503 }, forMs: MINUTE } }]);
    const { control } = running.emulator;
    await control.run({ do: 'freeze-clock' });

    await control.run({ do: 'advance-clock', ms: 4 * MINUTE });
    expect(await users()).toBe(200);
    await control.run({ do: 'advance-clock', ms: 61_000 });
    expect(await users()).toBe(503);
    await control.run({ do: 'advance-clock', ms: 61_000 });
    expect(await users()).toBe(200);
  });

  it('gives commands after so many answers of Graph, a batch being one', async () => {
    await play([{ afterRequests: 2, do: 'add-fault', rule: { fault: { status: 503 } } }]);
    const requests = [1, 2, 3].map((id) => ({ id: String(id), method: 'GET', url: '/users' }));

    expect((await running.call('POST', '/$batch', { requests })).status).toBe(200);
    expect(await users()).toBe(200);
    expect(await users()).toBe(503);
  });

  it('reports what can not be carried out, and goes on', async () => {
    const lines = await play([
      { after: 1, do: 'restore', name: 'none' },
      { after: 2, do: 'stop-throttling' },
    ]);
    await running.emulator.control.run({ do: 'advance-clock', ms: 2000 });
    await users();

    expect(lines).toEqual(['scenario: restore failed: there is no snapshot "none"', 'scenario: stop-throttling']);
  });

  it.each<[unknown, number]>([
    [0, 0],
    [1.5, 1500],
    ['PT30S', 30_000],
    ['PT0.25S', 250],
    ['P1DT2H3M4S', 93_784_000],
    ['P2D', 172_800_000],
  ])('takes %j as %d ms after the start', (after, afterMs) => {
    expect(parseScenario(JSON.stringify([{ after, do: 'freeze-clock' }]))).toEqual([
      { moment: { afterMs }, command: { do: 'freeze-clock' } },
    ]);
  });

  it.each(['P', 'PT', 'P1Y', '5m', 'PT5', '', -1, null])('takes %j for no duration', (after) => {
    expect(() => parseScenario(JSON.stringify([{ after, do: 'freeze-clock' }]))).toThrow(
      'step 1.after must be seconds',
    );
  });

  it.each([
    ['no JSON', '{', 'is not JSON'],
    ['no list', '{}', 'must be a list of commands'],
    ['no object', '["freeze-clock"]', 'step 1 must be an object'],
    ['no moment', '[{"do": "freeze-clock"}]', 'step 1 must have either after or afterRequests'],
    ['two moments', '[{"after": 1, "afterRequests": 1, "do": "freeze-clock"}]', 'step 1 must have either'],
    [
      'no request',
      '[{"afterRequests": 0, "do": "freeze-clock"}]',
      'step 1.afterRequests must be a whole number from 1',
    ],
    ['a wrong command', '[{"after": 1, "do": "explode"}]', 'step 1.do must be one of'],
  ])('is refused in one line: %s', (_what, text, message) => {
    expect(() => parseScenario(text)).toThrow(message);
  });
});
