// Reads and writes by Microsoft's own Graph client, and prints what it saw as JSON.
import { Client, PageIterator } from '@microsoft/microsoft-graph-client';

const { GRAPH_BASE_URL, TOKEN, GROUP_ID, USER_ID } = process.env;
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

const users = await count('/users?$select=id&$top=50');
const delta = await count('/users/delta?$select=id');
await client
  .api(`/groups/${GROUP_ID}/members/$ref`)
  .post({ '@odata.id': `${GRAPH_BASE_URL}/v1.0/directoryObjects/${USER_ID}` });
const { value } = await client.api(`/groups/${GROUP_ID}/members`).get();
process.stdout.write(JSON.stringify({ users, delta, members: value.map(({ id }) => id) }));
