import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What the emulator's process is started with. */
export interface EmulatorSetup {
  readonly directoryFile: string;
  readonly directoryBase: string;
  readonly certificateDirectory: string;
}

/** What the process has used since it began. */
export interface Usage {
  readonly cpuMs: number;
  /** The most that was ever resident. */
  readonly residentMb: number;
}

/** What the process says once the directory is loaded and both doors are open. */
export interface Loaded extends Usage {
  readonly httpUrl: string;
  readonly authorityHost: string;
  readonly graphBaseUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** An emulator in a process of its own. */
export interface MeasuredEmulator {
  readonly loaded: Loaded;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts the emulator; rejects when its process ends before it is ready. */
export async function startMeasuredEmulator(setup: EmulatorSetup): Promise<MeasuredEmulator> {
  const program = fileURLToPath(new URL('emulator-process.js', import.meta.url));
  const child = fork(program, [JSON.stringify(setup)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the emulator's process ended with exit code ${String(code)}`);
  });
  // It is looked at only while an answer is awaited.
  ended.catch(() => undefined);
  const answer = async (): Promise<unknown> => {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as unknown[];
    return message;
  };
  return {
    loaded: (await answer()) as Loaded,
    usage() {
      child.send('usage');
      return answer() as Promise<Usage>;
    },
    async stop() {
      if (child.exitCode !== null) return;
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
  };
}
