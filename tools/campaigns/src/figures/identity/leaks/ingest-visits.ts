import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { testCaDirectory } from '@learnamp/testkit';
import type { Canaries } from './canaries.ts';
import type { LetOut } from './look.ts';

/** Plays Graph, and those who pretend to be Graph, at webhook-ingest. */
export async function visitIngest(ingest: string, canaries: Canaries): Promise<LetOut[]> {
  const { validationToken, clientState, tenantId, typed, person } = canaries;
  const ca = await readFile(join(testCaDirectory(), 'ca.pem'));
  const post = (path: string, body: string, type = 'application/json') => ask(`${ingest}${path}`, ca, body, type);
  const forged = {
    subscriptionId: randomUUID(),
    clientState,
    tenantId,
    changeType: 'updated',
    resource: `users/${randomUUID()}`,
    resourceData: { id: typed, displayName: person },
  };
  const door = '/graph/notifications';
  const answers = [
    await post(`${door}?validationToken=${validationToken}`, '', 'text/plain'),
    await post(`${door}?validationToken=${validationToken}&validationToken=${typed}`, '', 'text/plain'),
    await post(door, JSON.stringify({ value: [forged, { ...forged, subscriptionId: typed }, typed] })),
    await post(door, JSON.stringify({ value: person })),
    await post(door, `{"value": [{"clientState": "${clientState}", "${person}`),
    await post(door, typed, `text/${typed}`),
    await post(`/${typed}?clientState=${clientState}`, '{}'),
  ];
  return answers.flatMap(({ status, headers, body }) => [
    { where: 'a header of webhook-ingest', text: headers },
    ...(status >= 400 ? [{ where: 'an error of webhook-ingest', text: body }] : []),
  ]);
}

interface IngestAnswer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

function ask(url: string, ca: Buffer, body: string, type: string): Promise<IngestAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body) };
    const outgoing = request(url, { method: 'POST', ca, headers }, (incoming) => {
      const answer = (read: string) =>
        resolve({ status: incoming.statusCode ?? 0, headers: JSON.stringify(incoming.headers), body: read });
      text(incoming).then(answer, reject);
    });
    outgoing.on('error', reject).end(body);
  });
}
