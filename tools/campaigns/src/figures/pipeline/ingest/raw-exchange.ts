import { connect } from 'node:net';

/** What came back of bytes that were sent as they are. */
export interface RawAnswer {
  /** 0 where nothing came that is an answer. */
  readonly status: number;
  /** Status line and headers. */
  readonly head: string;
  readonly body: Buffer;
}

/** Sends bytes, and waits for an answer, for the end of the connection, or until patience ends and it hangs up itself. */
export function rawExchange(port: number, bytes: Buffer, patienceMs: number): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => socket.destroy(), patienceMs);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (isWhole(answerOf(Buffer.concat(chunks)))) socket.destroy();
    });
    // Whoever gets what is no request may hang up while it is still being sent.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(answerOf(Buffer.concat(chunks)));
    });
    socket.write(bytes);
  });
}

function answerOf(received: Buffer): RawAnswer {
  const end = received.indexOf('\r\n\r\n');
  const head = received.subarray(0, end === -1 ? received.length : end).toString('latin1');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? 0);
  const body = end === -1 ? Buffer.alloc(0) : received.subarray(end + 4);
  // "100 Continue" comes before the answer.
  return status === 100 && end !== -1 ? answerOf(body) : { status, head, body };
}

function isWhole({ status, head, body }: RawAnswer): boolean {
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  return status !== 0 && length !== undefined && body.length >= Number(length);
}

/** A request of Graph's kind. */
export function postBytes(path: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Buffer {
  const all = {
    host: 'ingest.example',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), Buffer.from(body)]);
}
