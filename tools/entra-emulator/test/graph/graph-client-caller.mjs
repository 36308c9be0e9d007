// Reads and writes by Microsoft's own Graph client, and prints what it saw as JSON.
import { Buffer } from 'node:buffer';
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  PageIterator,
  ResponseType,
} from '@microsoft/microsoft-graph-client';

const { GRAPH_BASE_URL, TOKEN, GROUP_ID, USER_ID, PHOTO } = process.env;
const client = Client.init({
  baseUrl: `${GRAPH_BASE_URL}/`,
  customHosts: new Set([new URL(GRAPH_BASE_URL).hostname]),
  authProvider: (done) => done(null, TOKEN),
});

async function count(path) {
  let seen = 0;
  const iterator = new PageIterator(client, await client.api(path).get(), () => {
    seen += 1;
    return true;
  });
  await iterator.iterate();
  return seen;
}

/** The client takes whole requests for a batch and drops their host. */
function request(path, options = {}) {
  return new globalThis.Request(`https://graph.microsoft.com${path}`, options);
}

/** A write, a read that waits for it, and a request that fails. */
async function batch() {
  const change = {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ city: 'Lund' }),
  };
  const content = new BatchRequestContent([
    { id: 'write', request: request(`/users/${USER_ID}`, change) },
    { id: 'read', request: request(`/users/${USER_ID}?$select=city`), dependsOn: ['write'] },
    { id: 'nobody', request: request('/users/nobody@contoso.example'), dependsOn: ['read'] },
  ]);
  const answer = new BatchResponseContent(await client.api('/$batch').post(await content.getContent()));
  const statuses = ['write', 'read', 'nobody'].map((id) => answer.getResponseById(id).status);
  return { statuses, city: (await answer.getResponseById('read').json()).city };
}

async function photo() {
  const path = `/users/${USER_ID}/photo/$value`;
  await client.api(path).header('Content-Type', 'image/png').put(Buffer.from(PHOTO, 'base64'));
  const bytes = await client.api(path).responseType(ResponseType.ARRAYBUFFER).get();
  return Buffer.from(bytes).toString('base64') === PHOTO;
}

const users = await count('/users?$select=id&$top=50');
const delta = await count('/users/delta?$select=id');
await client
  .api(`/groups/${GROUP_ID}/members/$ref`)
  .post({ '@odata.id': `${GRAPH_BASE_URL}/v1.0/directoryObjects/${USER_ID}` });
const { value } = await client.api(`/groups/${GROUP_ID}/members`).get();
const members = value.map(({ id }) => id);
process.stdout.write(JSON.stringify({ users, delta, members, batch: await batch(), photo: await photo() }));
