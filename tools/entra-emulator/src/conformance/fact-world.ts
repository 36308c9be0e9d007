import { rm } from 'node:fs/promises';
import { MovableTime } from '../clock/movable-time.ts';
import { isQuiet, passTime } from '../clock/pass-time.ts';
import { startEmulator, type Emulator } from '../emulator.ts';
import type { EmulatorOptions } from '../emulator-options.ts';
import type { Schedule } from '../notifications/schedule.ts';
import { applicationToken } from './application-token.ts';
import type { FactAnswer } from './fact.ts';
import { openReceiver, type Receiver } from './receiver.ts';
import { keepKeys, makeKeyFolder } from './world-keys.ts';

/** What a request has beside its method and address. */
export interface FactRequest {
  /** An object is sent as JSON, a form as a form, bytes as they are. */
  readonly body?: object | URLSearchParams | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the token of the first application; null for none. */
  readonly token?: string | null;
}

/** A running emulator, its clock, and a caller with a token. */
export interface FactWorld {
  readonly emulator: Emulator;
  /** Below `/v1.0` when it begins with a slash; else a whole URL. Redirects are not followed. */
  call(method: string, address: string, request?: FactRequest): Promise<FactAnswer>;
  /** A token for an application of the first tenant by its secret; the first application when none is named. */
  token(appId?: string): Promise<string>;
  now(): Date;
  /** Moves the clock forward; what falls due on the way is begun, not waited for. */
  advance(ms: number): void;
  /** Moves the clock forward, and lets whatever falls due on the way come to its end. */
  pass(ms: number): Promise<void>;
  /** Runs something once the clock is far enough. */
  readonly schedule: Schedule;
  /** An endpoint for notifications, opened when first asked for. */
  receiver(): Promise<Receiver>;
  /** Every endpoint that is open. */
  readonly endpoints: Set<Receiver>;
  close(): Promise<void>;
}

/** What an emulator is started with, and where its clock stands then: at the present, unless said otherwise. */
export interface FactWorldOptions extends Omit<EmulatorOptions, 'certificateDirectory' | 'clock' | 'schedule'> {
  readonly startsAt?: Date;
}

/** Starts an emulator on free ports with a clock that stands still until it is moved. */
export async function openFactWorld({ startsAt = new Date(), ...options }: FactWorldOptions): Promise<FactWorld> {
  const certificateDirectory = await makeKeyFolder();
  const time = new MovableTime({ startsAt, speed: 0 });
  const { clock, schedule } = time;
  const emulator = await startEmulator({ ...options, certificateDirectory, clock, schedule });
  await keepKeys(certificateDirectory);
  const endpoints = new Set<Receiver>();
  let receiver: Promise<Receiver> | undefined;
  const tokens = new Map<string, string>();
  const world: FactWorld = {
    emulator,
    async call(method, address, { body, headers = {}, token } = {}) {
      const url = address.startsWith('/') ? `${emulator.httpUrl}/v1.0${address}` : address;
      const bearer = token === undefined ? await world.token() : token;
      const response = await fetch(url, {
        method,
        redirect: 'manual',
        headers: { ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }), ...typeOf(body), ...headers },
        ...(body === undefined ? {} : { body: encoded(body) }),
      });
      return readAnswer(response);
    },
    async token(appId) {
      const key = `${appId ?? ''} ${Math.floor(clock().getTime() / 60_000)}`;
      const known = tokens.get(key) ?? (await applicationToken(emulator, appId));
      if (known === undefined) throw new Error('the application was given no token');
      tokens.set(key, known);
      return known;
    },
    now: clock,
    advance: (ms) => time.advance(ms),
    pass: (ms) => passTime(time, ms, () => rest(emulator, endpoints)),
    schedule,
    receiver: () => (receiver ??= openReceiver(world)),
    endpoints,
    async close() {
      await (await receiver)?.close();
      await emulator.stop();
      await rm(certificateDirectory, { recursive: true, force: true });
    },
  };
  return world;
}

/** How long, in real time, things may take to come to rest. */
const PATIENCE_MS = 10_000;

/** Waits until every post to an endpoint has been answered, or is held there. */
async function rest({ notifications }: Emulator, endpoints: ReadonlySet<Receiver>): Promise<void> {
  const held = (): number => [...endpoints].reduce((sum, { holding }) => sum + holding, 0);
  if (await isQuiet(() => notifications.underWay() === held(), PATIENCE_MS)) return;
  throw new Error('something was still under way after ten seconds');
}

function typeOf(body: FactRequest['body']): Record<string, string> {
  return body === undefined || Buffer.isBuffer(body) || body instanceof URLSearchParams
    ? {}
    : { 'content-type': 'application/json' };
}

function encoded(body: NonNullable<FactRequest['body']>): string | URLSearchParams | Uint8Array<ArrayBuffer> {
  if (body instanceof URLSearchParams) return body;
  return Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body);
}

async function readAnswer(response: Response): Promise<FactAnswer> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const headers = Object.fromEntries(response.headers);
  const type = headers['content-type'] ?? '';
  const body: unknown =
    bytes.length === 0
      ? undefined
      : type.includes('json')
        ? JSON.parse(bytes.toString('utf8'))
        : type.startsWith('text/')
          ? bytes.toString('utf8')
          : bytes;
  return { status: response.status, headers, body };
}
