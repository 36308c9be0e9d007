import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from '@jest/globals';
import { applicationToken } from '../../src/conformance/application-token.ts';
import { startEmulator, type DirectoryFile, type Emulator, type EmulatorOptions } from '../../src/index.ts';

/** An object in an answer: what tests look at has a name here. */
export interface Row {
  id: string;
  'members@delta'?: Row[];
  'manager@delta'?: Row[];
  '@removed'?: { reason: string };
  [property: string]: unknown;
}

/** The body of an answer, read as whichever of its shapes a test expects. */
export interface Body extends Row {
  value: Row[];
  error: { code: string; message: string };
  expirationDateTime: string;
  '@odata.nextLink'?: string;
  '@odata.deltaLink'?: string;
}

/** An answer of the emulator, with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** The emulator under test and a caller with a token for it. */
export interface Running {
  emulator: Emulator;
  readonly certificateDirectory: string;
  start(directory: DirectoryFile, options?: Partial<EmulatorOptions>): Promise<void>;
  /** A request below `/v1.0`, or a whole link of an answer. */
  call(
    method: string,
    pathOrLink: string | undefined,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  get(pathOrLink: string | undefined, headers?: Record<string, string>): Promise<Answer>;
  token(): Promise<string>;
  /** After the clock has moved: the old token may have expired. */
  renewToken(): Promise<void>;
  /** For tests that start several; the last one is stopped after the test. */
  stop(): Promise<void>;
}

/** Starts an emulator in a test and stops it after. Certificates are made once per test file. */
export function runningEmulator(): Running {
  const certificateDirectory = mkdtempSync(join(tmpdir(), 'emulator-graph-'));
  let emulator: Emulator | undefined;
  let token: string | undefined;
  afterEach(() => running.stop());
  afterAll(() => rmSync(certificateDirectory, { recursive: true, force: true }));
  const running: Running = {
    certificateDirectory,
    get emulator() {
      if (emulator === undefined) throw new Error('not started');
      return emulator;
    },
    async start(directory, options = {}) {
      emulator = await startEmulator({ directory, certificateDirectory, ...options });
    },
    async call(method, pathOrLink, body, headers = {}) {
      if (pathOrLink === undefined) throw new Error('the answer before had no link');
      const url = pathOrLink.startsWith('http') ? pathOrLink : `${running.emulator.httpUrl}/v1.0${pathOrLink}`;
      const json = body === undefined || Buffer.isBuffer(body) ? {} : { 'content-type': 'application/json' };
      const response = await fetch(url, {
        method,
        headers: { authorization: `Bearer ${await running.token()}`, ...json, ...headers },
        ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
      });
      return { status: response.status, headers: response.headers, body: await readBody(response) };
    },
    get: (pathOrLink, headers) => running.call('GET', pathOrLink, undefined, headers),
    token: async () => (token ??= await requestToken(running.emulator)),
    async renewToken() {
      token = await requestToken(running.emulator);
    },
    async stop() {
      await emulator?.stop();
      emulator = undefined;
      token = undefined;
    },
  };
  return running;
}

async function readBody(response: Response): Promise<Body> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get('content-type') ?? '';
  const body: unknown = type.startsWith('application/json')
    ? JSON.parse(bytes.toString('utf8'))
    : type.startsWith('text/')
      ? bytes.toString('utf8')
      : bytes;
  return body as Body;
}

/** A token of the tenant's first application. One that is refused shows in whatever the test does with it. */
export const requestToken = applicationToken as (emulator: Emulator) => Promise<string>;
