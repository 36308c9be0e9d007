import { describe, expect, it } from '@jest/globals';
import { parseScenario } from '../../src/index.ts';
import { aDirectoryFile } from '../graph/a-directory-file.ts';
import { runningEmulator } from '../graph/running-emulator.ts';

const running = runningEmulator();
const users = async () => (await running.get('/users')).status;

describe('a scenario', () => {
  it('gives its commands when their time has come', async () => {
    const scenario = parseScenario(
      JSON.stringify([
        { at: '0s', do: 'freeze-clock' },
        { at: '5m', do: 'add-fault', rule: { fault: { status: 503 }, forMs: 60_000 } },
      ]),
    );
    await running.start(aDirectoryFile(), { scenario });
    const { control } = running.emulator;
    await control.run({ do: 'freeze-clock' });

    await control.run({ do: 'advance-clock', ms: 4 * 60_000 });
    expect(await users()).toBe(200);
    await control.run({ do: 'advance-clock', ms: 61_000 });
    expect(await users()).toBe(503);
    await control.run({ do: 'advance-clock', ms: 61_000 });
    expect(await users()).toBe(200);
  });

  it('reports what can not be carried out, and goes on', async () => {
    const lines: string[] = [];
    const scenario = parseScenario(
      JSON.stringify([
        { at: '1s', do: 'restore', name: 'none' },
        { at: '2s', do: 'stop-throttling' },
      ]),
    );
    await running.start(aDirectoryFile(), { scenario, onScenario: (line) => lines.push(line) });
    await running.emulator.control.run({ do: 'advance-clock', ms: 2000 });
    await users();

    expect(lines).toEqual(['scenario: restore failed: there is no snapshot "none"', 'scenario: stop-throttling']);
  });

  it.each([
    ['no JSON', '{', 'is not JSON'],
    ['no list', '{}', 'must be a list of commands'],
    ['no time', '[{"do": "freeze-clock"}]', 'step 1.at must be a time such as "30s"'],
    ['a wrong command', '[{"at": "1s", "do": "explode"}]', 'step 1.do must be one of'],
  ])('is refused in one line: %s', (_what, text, message) => {
    expect(() => parseScenario(text)).toThrow(message);
  });
});
