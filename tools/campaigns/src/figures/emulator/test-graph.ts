import {
  openLocalGraph,
  type DeltaOptions,
  type DirectoryFile,
  type Fault,
  type GraphAnswer,
  type LocalGraph,
} from '@learnamp/entra-emulator';

/** An object of an answer: its properties, and what OData adds to them. */
export interface Row {
  readonly id: string;
  readonly '@removed'?: unknown;
  readonly [property: string]: unknown;
}

/** An answer, its body read as JSON. */
export interface Answer {
  readonly status: number;
  readonly value: readonly Row[];
  readonly nextLink?: string;
  readonly deltaLink?: string;
  /** Of a refusal. */
  readonly code?: string;
  /** Where a refusal says to begin again. */
  readonly location?: string;
  /** The whole body. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface CallOptions {
  readonly body?: object;
  readonly prefer?: string;
  /** What goes wrong with this one request. */
  readonly fault?: Fault;
}

/** The lists of what is in the recycle bin. */
export const RECYCLE_BIN = [
  '/directory/deletedItems/microsoft.graph.user',
  '/directory/deletedItems/microsoft.graph.group',
];

/** Graph in this process as a client sees it, with a clock of its own that only moves when it is moved. */
export class TestGraph {
  readonly counts = { deltaRequests: 0, lagging: 0 };
  readonly #graph: LocalGraph;
  #now = Date.UTC(2025, 0, 1);
  /** Of the request that is being made. */
  #fault: Fault | undefined;

  /** Opens Graph on a directory, with delta rounds that are cut as the options say. */
  constructor(directory: DirectoryFile, delta: DeltaOptions) {
    this.#graph = openLocalGraph({
      directory,
      delta,
      clock: () => new Date(this.#now),
      newId: repeatableIds(),
      faults: { beforeRequest: () => this.#fault },
      throttling: false,
      requestLogSize: 1,
    });
  }

  /** Asks an address below `/v1.0`, or a link of an answer. Throws for an answer that no client can be blamed for. */
  async call(method: string, address: string, { body, prefer, fault }: CallOptions = {}): Promise<Answer> {
    if (/s\/delta(\?|$)/.test(address)) this.counts.deltaRequests += 1;
    if (fault?.lag !== undefined) this.counts.lagging += 1;
    this.#fault = fault;
    const headers = {
      ...(prefer === undefined ? {} : { prefer }),
      ...(Buffer.isBuffer(body) ? { 'content-type': 'image/png' } : {}),
    };
    const answer = await this.#graph.call(method, address, { headers, ...(body === undefined ? {} : { body }) });
    if (answer.status >= 500)
      throw new Error(`${method} ${address} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
    return toAnswer(answer);
  }

  /** All items of a list; throws when there is none. */
  async list(address: string): Promise<Row[]> {
    const rows: Row[] = [];
    let next: string | undefined = address;
    while (next !== undefined) {
      const { status, value, nextLink, body }: Answer = await this.call('GET', next);
      if (status !== 200) throw new Error(`GET ${next} was answered with ${status}: ${JSON.stringify(body)}`);
      rows.push(...value);
      next = nextLink;
    }
    return rows;
  }

  /** What is in the recycle bin. */
  async recycleBin(): Promise<Row[]> {
    const items: Row[] = [];
    for (const address of RECYCLE_BIN) items.push(...(await this.list(address)));
    return items;
  }

  /** Moves the clock forward. */
  advance(seconds: number): void {
    this.#now += seconds * 1000;
  }
}

/** Rounds list links by id, so a history only comes again when its ids do. They are in no order, as real ones are. */
function repeatableIds(): () => string {
  let number = 0;
  return () => {
    number += 1;
    const scattered = (Math.imul(number, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
    return `${scattered}-0000-4000-8000-${String(number).padStart(12, '0')}`;
  };
}

/** What a client sees has gone through JSON. */
function toAnswer({ status, headers = {}, body }: GraphAnswer): Answer {
  const read = (body === undefined ? {} : JSON.parse(JSON.stringify(body))) as Readonly<Record<string, unknown>>;
  const { '@odata.nextLink': nextLink, '@odata.deltaLink': deltaLink, value = [], error = {} } = read;
  return {
    status,
    value: value as Row[],
    ...text('nextLink', nextLink),
    ...text('deltaLink', deltaLink),
    ...text('code', (error as Record<string, unknown>)['code']),
    ...text('location', headers['location']),
    body: read,
  };
}

function text<Key extends string>(key: Key, value: unknown): Partial<Record<Key, string>> {
  return typeof value === 'string' ? ({ [key]: value } as Partial<Record<Key, string>>) : {};
}
