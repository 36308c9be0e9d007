import type { Draw } from '../../provisioning/simulation/draw.ts';
import { postBytes } from '../ingest/raw-exchange.ts';
import { malformedBody } from './malformed-bodies.ts';

/** Bytes that are no notification of ours, and how long their sender waits for an answer. */
export interface MalformedRequest {
  readonly way: string;
  readonly bytes: Buffer;
  readonly patienceMs: number;
}

/** Long enough for the door to end the connection of whoever is too slow. */
const PATIENT_MS = 14_000;
/** Of whoever sends something that isn't whole, and then hangs up. */
const SHORT_MS = 150;
const DOORS = ['/graph/notifications', '/graph/lifecycle'];

const door = (draw: Draw) => draw.from(DOORS) ?? '';
const bytesOf = (draw: Draw, count: number) => Buffer.from(Array.from({ length: count }, () => draw.below(256)));
const whole = (bytes: Buffer) => ({ bytes, patienceMs: PATIENT_MS });
const broken = (bytes: Buffer) => ({ bytes, patienceMs: SHORT_MS });
const some = (text: string, times: number) => Buffer.from(text.repeat(times));

type Make = (draw: Draw) => Omit<MalformedRequest, 'way'>;

/** Each way that a request can be wrong. */
const ways: Readonly<Record<string, Make>> = {
  'a body of the wrong kind': (draw) => whole(postBytes(door(draw), malformedBody(draw))),
  'random bytes': (draw) => broken(bytesOf(draw, 1 + draw.below(400))),
  'random bytes for a body': (draw) => whole(postBytes(door(draw), bytesOf(draw, draw.below(2_000)))),
  'a request line of nonsense': (draw) =>
    broken(Buffer.concat([bytesOf(draw, 20), Buffer.from(' / HTTP/1.1\r\nhost: a\r\n\r\n')])),
  'a body shorter than its length': (draw) =>
    broken(postBytes(door(draw), '{"value":[', { 'content-length': String(11 + draw.below(5_000)) })),
  'a body longer than its length': (draw) =>
    whole(postBytes(door(draw), '{"value":[]}{"value":[]}', { 'content-length': '12' })),
  'a length that is none': (draw) =>
    whole(
      postBytes(door(draw), '{}', {
        'content-length': draw.from(['-1', 'x', '1e3', '0x10', '99999999999999999999']) ?? '',
      }),
    ),
  'a length beyond the limit': (draw) => whole(postBytes(door(draw), '{"value":[', { 'content-length': '5242880' })),
  'chunks of nonsense': (draw) =>
    broken(
      Buffer.from(
        `POST ${door(draw)} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${draw.from(['zz', '-1', 'ffffffffffffffff', '5;x=y']) ?? ''}\r\nabc\r\n`,
      ),
    ),
  'two ways of saying where it ends': (draw) =>
    whole(postBytes(door(draw), '0\r\n\r\n', { 'transfer-encoding': 'chunked' })),
  'another media type': (draw) =>
    whole(
      postBytes(door(draw), '{"value":[]}', {
        'content-type': draw.from(['', 'text/html', 'application/xml', '*/*', 'multipart/form-data; boundary=x']) ?? '',
      }),
    ),
  'another encoding': (draw) => whole(postBytes(door(draw), bytesOf(draw, 100), { 'content-encoding': 'gzip' })),
  'parameters several times': (draw) =>
    whole(
      postBytes(`${door(draw)}?validationToken=a&validationToken=b&validationToken[]=c&validationToken[x]=d`, '{}'),
    ),
  'a token that is none': (draw) =>
    whole(
      postBytes(`${door(draw)}?validationToken=${draw.from(['', '%', '%00', '%0d%0aa:b', '%ff', '<b>']) ?? ''}`, ''),
    ),
  'another method': (draw) =>
    whole(
      Buffer.from(
        `${draw.from(['GET', 'PUT', 'DELETE', 'TRACE', 'PROPFIND', 'OPTIONS', 'HEAD']) ?? ''} ${door(draw)} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`,
      ),
    ),
  'another protocol': (draw) =>
    broken(
      Buffer.from(
        draw.from([
          'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
          '\u0016\u0003\u0001\u0002\u0000\u0001',
          'SSH-2.0-x\r\n',
          `POST ${door(draw)} HTTP/9.9\r\n\r\n`,
        ]) ?? '',
        'latin1',
      ),
    ),
  'another address': (draw) =>
    whole(
      postBytes(
        draw.from([
          '/',
          '//',
          '/graph',
          '/%zz',
          '/graph/notifications/',
          '/graph/notifications/%2e%2e/x',
          '/__proto__',
          `/${'a'.repeat(3_000)}`,
        ]) ?? '',
        '{}',
      ),
    ),
  'headers without end': (draw) =>
    whole(Buffer.concat([Buffer.from(`POST ${door(draw)} HTTP/1.1\r\nhost: a\r\nx: `), some('y', 20_000)])),
  'too many headers': (draw) =>
    whole(
      Buffer.concat([
        Buffer.from(`POST ${door(draw)} HTTP/1.1\r\nhost: a\r\n`),
        some('x: y\r\n', 4_000),
        Buffer.from('\r\n'),
      ]),
    ),
  'a wish to upgrade': (draw) =>
    broken(
      Buffer.from(
        `POST ${door(draw)} HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\ncontent-length: 0\r\n\r\n`,
      ),
    ),
  'an expectation': (draw) =>
    whole(postBytes(door(draw), '{}', { expect: draw.from(['100-continue', 'a-miracle']) ?? '' })),
};

/** Few: each holds a connection until the door has enough of it, or sends megabytes. */
const costly: Readonly<Record<string, Make>> = {
  'headers that never end': (draw) => whole(Buffer.from(`POST ${door(draw)} HTTP/1.1\r\nhost: a\r\n`)),
  'a body that never ends': (draw) => whole(postBytes(door(draw), '{"value":[', { 'content-length': '500000' })),
  'a megabyte of elements': (draw) => whole(postBytes(door(draw), `{"value":[${'[],'.repeat(300_000)}[]]}`)),
  'five megabytes': (draw) => whole(postBytes(door(draw), some(' ', 5_000_000))),
};

const COSTLY_SHARE = 0.005;

/** So many of them, each way about as often; the costly ones rarely, but each of them. */
export function malformedRequests(draw: Draw, count: number): MalformedRequest[] {
  const costlyCount = Math.max(Object.keys(costly).length, Math.round(count * COSTLY_SHARE));
  return draw.shuffled([...made(draw, costly, costlyCount), ...made(draw, ways, Math.max(0, count - costlyCount))]);
}

function made(draw: Draw, from: Readonly<Record<string, Make>>, count: number): MalformedRequest[] {
  const entries = Object.entries(from);
  return Array.from({ length: count }, (_, number) => {
    const [way = '', make] = entries[number % entries.length] ?? [];
    return { way, ...(make?.(draw) ?? broken(Buffer.alloc(0))) };
  });
}
