import type { Bus } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import { stateOf, stateRecord } from '../stage/states.ts';
import type { Canaries } from './canaries.ts';
import type { LetOut } from './look.ts';
import { waitFor } from './wait-for.ts';

const users = topics.directoryUsers.name;
const deadLetters = `${users}.dead-letters`;

/** Publishes what nobody can apply, and gives the headers under which it is put aside. */
export async function poison(bus: Bus, organisationId: string, canaries: Canaries): Promise<LetOut[]> {
  const records = recordsOf(organisationId, canaries);
  await bus.publish(records);
  const found: LetOut[] = [];
  await waitFor('all that is poisonous is a dead letter', async () => {
    found.length = 0;
    for await (const { headers } of bus.read({ topic: deadLetters }))
      found.push({ where: 'a header of a dead letter', text: textOf(headers) });
    return found.length >= records.length;
  });
  return found;
}

const textOf = (headers: Readonly<Record<string, unknown>>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join('\n');

function recordsOf(organisationId: string, { person, typed, tenantId }: Canaries) {
  const somebody = { oid: crypto.randomUUID(), name: person, preferred_username: `${person}@people.example` };
  const good = stateRecord(stateOf(organisationId, somebody));
  const spoilt = (change: (text: string) => string) => ({ ...good, value: Buffer.from(change(String(good.value))) });
  return [
    { ...good, value: Buffer.from(`{"data": "${person} ${typed}`) },
    spoilt((value) => value.replace('"active":true', `"active":"${person}"`)),
    spoilt((value) => value.replace('"Member"', `"${person}"`)),
    spoilt((value) =>
      value.replace('"runId":"figures"', `"runId":"figures","${person}":"${tenantId}","version":"${typed}"`),
    ),
  ];
}
