import { type OperatorBus, deadLetterTopicOf } from '@learnamp/bus';
import { topics } from '@learnamp/contracts';
import type { Connection } from 'mongoose';

/** Where any of these texts is: names of collections and topics, in order. Bytes are looked through as base64. */
export async function whereAre(
  { connection, bus }: { readonly connection: Connection; readonly bus: OperatorBus },
  canaries: readonly string[],
): Promise<string[]> {
  const found = new Set<string>();
  const look = (place: string, text: string) => {
    if (canaries.some((canary) => text.toLowerCase().includes(canary.toLowerCase()))) found.add(place);
  };
  for (const { name } of await connection.listCollections()) {
    for await (const document of connection.collection(name).find()) look(name, JSON.stringify(document));
  }
  const names = Object.values(topics).flatMap(({ name }) => [name, deadLetterTopicOf(name)]);
  for (const { name } of await bus.describeTopics(names)) {
    for await (const { key, value, headers } of bus.read({ topic: name })) {
      const said = Object.values(headers).map(String);
      look(name, [key?.toString(), value?.toString(), ...said].join('\n'));
    }
  }
  return [...found].sort();
}
