import { type BusRecord, deadLetterTopicOf, type OperatorReader } from '@learnamp/bus';
import type { Connection } from 'mongoose';
import type { Arguments } from '../command-line/arguments.ts';
import { type Flag, type Surroundings, UsageError } from '../command-line/command.ts';
import { findOrganisation } from '../organisations/find-organisation.ts';
import { knownTopics, topicFlag, topicNamed } from '../topics/known-topics.ts';
import { isAbout } from '../topics/topic-range.ts';
import { type DeadLetterAnswer, deadLetterAnswerModel } from './answer-model.ts';

/** A record that a consumer could not use. */
export interface Letter {
  /** The topic it came from, and its place among that topic's dead letters. */
  readonly id: string;
  readonly topic: string;
  readonly writtenAt: Date;
  readonly state: 'open' | DeadLetterAnswer['answer'];
  readonly answeredBy: string | null;
  readonly reason: string;
  readonly error: string;
  readonly group: string;
  readonly attempts: number;
  /** Where it lay. */
  readonly from: { readonly partition: number; readonly offset: string; readonly at: string };
  readonly key: string | null;
  readonly record: BusRecord;
}

export const letterFlags: Readonly<Record<'topic' | 'organisation', Flag>> = {
  ...topicFlag,
  organisation: { type: 'string', about: 'only what is about this organisation, by subdomain or id' },
};

/** Every letter that flags ask for, oldest first. */
export async function lettersFrom(
  surroundings: Surroundings,
  reader: OperatorReader,
  args: Arguments,
): Promise<Letter[]> {
  const name = args.text('topic');
  const chosen = name === undefined ? knownTopics.map((topic) => topic.name) : [topicNamed(name).name];
  const organisation =
    args.text('organisation') === undefined ? undefined : await findOrganisation(surroundings.connection, args);
  const letters = await readLetters(surroundings.connection, reader, chosen);
  return letters.filter(({ record }) => isAbout(record, organisation?.id));
}

/** Those of all topics that nobody has answered. */
export async function openLettersIn(connection: Connection, reader: OperatorReader): Promise<Letter[]> {
  const names = knownTopics.map(({ name }) => name);
  return (await readLetters(connection, reader, names)).filter(({ state }) => state === 'open');
}

/** The letters of these ids. @throws UsageError for one that isn't there. */
export async function lettersNamed(
  surroundings: Surroundings,
  reader: OperatorReader,
  ids: readonly string[],
): Promise<Letter[]> {
  const chosen = [...new Set(ids.map((id) => topicNamed(id.split('/')[0] ?? '').name))];
  const letters = await readLetters(surroundings.connection, reader, chosen);
  return ids.map((id) => {
    const found = letters.find((letter) => letter.id === id);
    if (!found) throw new UsageError(`there is no dead letter ${JSON.stringify(id)}; dead-letters list shows all`);
    return found;
  });
}

async function readLetters(
  connection: Connection,
  reader: OperatorReader,
  chosen: readonly string[],
): Promise<Letter[]> {
  const existing = await reader.describeTopics(chosen.map(deadLetterTopicOf));
  const records = await Promise.all(existing.map(({ name }) => allOf(reader, name)));
  const letters = records.flat().map(letterOf);
  const answers = await deadLetterAnswerModel(connection)
    .find({ _id: { $in: letters.map(({ id }) => id) } })
    .lean<DeadLetterAnswer[]>();
  const answerOf = new Map(answers.map((answer) => [`${answer._id} ${answer.writtenAt.getTime()}`, answer]));
  return letters
    .map((letter) => {
      const answer = answerOf.get(`${letter.id} ${letter.writtenAt.getTime()}`);
      return answer ? { ...letter, state: answer.answer, answeredBy: answer.by } : letter;
    })
    .sort((one, other) => one.writtenAt.getTime() - other.writtenAt.getTime());
}

async function allOf(reader: OperatorReader, topic: string): Promise<BusRecord[]> {
  const records: BusRecord[] = [];
  for await (const record of reader.read({ topic })) records.push(record);
  return records;
}

const saidOf = ({ headers }: BusRecord, name: string) => headers[`x-dead-letter-${name}`]?.toString() ?? '';

/** How a letter is named that lies, or lay, at this offset of the same partition. */
export const letterId = (record: BusRecord, offset: string): string =>
  `${saidOf(record, 'topic')}/${record.partition}/${offset}`;

function letterOf(record: BusRecord): Letter {
  const said = (name: string) => saidOf(record, name);
  return {
    id: letterId(record, String(record.offset)),
    topic: said('topic'),
    writtenAt: new Date(record.timestamp),
    ...{ state: 'open', answeredBy: null, reason: said('reason'), error: said('error'), group: said('group') },
    attempts: Number(said('attempts')),
    from: {
      ...{ partition: Number(said('partition')), offset: said('offset') },
      at: new Date(Number(said('timestamp'))).toISOString(),
    },
    key: record.key?.toString() ?? null,
    record,
  };
}
