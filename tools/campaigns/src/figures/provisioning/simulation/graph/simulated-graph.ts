import {
  type DeltaOptions,
  type DirectoryFile,
  type DirectoryReads,
  type GraphAnswer,
  type LocalGraph,
  openLocalGraph,
} from '@learnamp/entra-emulator';
import type { Draw } from '../draw.ts';
import { SimulatedProcess } from '../processes/simulated-process.ts';
import type { SimulatedTime } from '../simulated-time.ts';
import { type Interference, withOtherPages } from './interference.ts';
import { drawFault, fair, type Weather } from './weather.ts';

export interface SimulatedGraphOptions {
  readonly directory: DirectoryFile;
  readonly delta: DeltaOptions;
  readonly time: SimulatedTime;
  readonly draw: Draw;
  /** Graph may give fewer members on a page than were asked for. */
  readonly membersOnPage?: number | undefined;
  /** What may happen while a request is on its way. */
  readonly meanwhile: () => Promise<void>;
}

const TIMEOUT_MS = 60_000;

/** Graph in this process, for services that ask it by `fetch`, and for the world that changes what it holds. */
export class SimulatedGraph {
  /** What services meet; the world itself meets nothing. */
  weather: Weather = fair;
  interference: Interference = {};
  /** HTTP requests that services made. */
  requests = 0;
  readonly #graph: LocalGraph;
  readonly #options: SimulatedGraphOptions;

  constructor(options: SimulatedGraphOptions) {
    const { directory, delta, time, draw } = options;
    this.#options = options;
    this.#graph = openLocalGraph({
      directory,
      delta,
      clock: () => time.now(),
      wait: () => Promise.resolve(),
      throttling: false,
      requestLogSize: 1,
      faults: {
        beforeRequest: (request) =>
          SimulatedProcess.current()
            ? (this.interference.fault?.(request) ?? drawFault(this.weather, draw, request))
            : undefined,
      },
    });
  }

  get directory(): DirectoryReads {
    return this.#graph.directory;
  }

  /** A call of the world's: nothing goes wrong. */
  call(method: string, address: string, body?: object): Promise<GraphAnswer> {
    const headers = Buffer.isBuffer(body) ? { 'content-type': 'image/png' } : {};
    return this.#graph.call(method, address, { headers, ...(body === undefined ? {} : { body }) });
  }

  /** What a service's `fetch` does. */
  readonly fetch = async (input: string, { method = 'GET', body, headers }: RequestInit = {}): Promise<Response> => {
    const process = SimulatedProcess.current();
    if (!process) throw new Error(`nobody asks for ${input}`);
    return process.port(async () => {
      const { time, draw, meanwhile } = this.#options;
      this.requests += 1;
      await meanwhile();
      time.pass(20 + draw.below(100));
      if (draw.chance(this.weather.timeouts)) {
        time.pass(TIMEOUT_MS);
        throw new TypeError('no answer came');
      }
      return toResponse(await this.#answer(method, input, headers, typeof body === 'string' ? body : undefined));
    });
  };

  async #answer(method: string, input: string, headers: RequestInit['headers'], body?: string): Promise<GraphAnswer> {
    const { membersOnPage } = this.#options;
    const given = { ...lowerCase(headers), ...(body ? { 'content-type': 'application/json' } : {}) };
    const sent = membersOnPage && body ? body.replaceAll(/(?<=\/members\?[^"]*\$top=)\d+/g, `${membersOnPage}`) : body;
    const answer = await this.#graph.call(method, input, {
      headers: given,
      ...(sent ? { body: Buffer.from(sent) } : {}),
    });
    return withOtherPages(answer, sent ? JSON.parse(sent) : undefined, input, this.interference);
  }
}

function lowerCase(headers: RequestInit['headers']): Record<string, string> {
  return Object.fromEntries(new Headers(headers).entries());
}

function toResponse({ status, headers = {}, body, cut }: GraphAnswer): Response {
  if (cut) throw new TypeError('the connection broke');
  const isEmpty = body === undefined || status === 204 || status === 304;
  if (isEmpty) return new Response(null, { status, headers });
  if (Buffer.isBuffer(body)) return new Response(new Uint8Array(body), { status, headers });
  return new Response(JSON.stringify(body), { status, headers });
}
