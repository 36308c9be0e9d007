import { runningEmulator, type Running } from '../graph/running-emulator.ts';

/** An answer of the control API. */
export interface ControlAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly body: Record<string, unknown>;
}

/** A running emulator, and somebody who controls it by HTTP. */
export interface Controlled {
  readonly running: Running;
  /** Gives a command, or a list of them. */
  readonly command: (body: unknown, headers?: Record<string, string>) => Promise<ControlAnswer>;
  /** Reads something below `/_emulator`. */
  readonly look: (path: string) => Promise<unknown>;
  /** The status of a request for all users. */
  readonly users: () => Promise<number>;
}

/** Starts emulators in a test, by `running.start`, and stops them after. */
export function controlled(): Controlled {
  const running = runningEmulator();
  const at = (path: string): string => `${running.emulator.httpUrl}/_emulator/${path}`;
  return {
    running,
    command: async (body, headers = {}) => {
      const answer = await fetch(at('commands'), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const type = answer.headers.get('content-type');
      return { status: answer.status, type, body: (await answer.json()) as ControlAnswer['body'] };
    },
    look: async (path) => (await fetch(at(path))).json(),
    users: async () => (await running.get('/users')).status,
  };
}
