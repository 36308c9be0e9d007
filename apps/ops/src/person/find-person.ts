import { type LearnerDocument, learnerModel } from '@learnamp/learners';
import { type PersonRecord, personRecordModel } from '@learnamp/sync-state';
import type { Connection } from 'mongoose';
import { UsageError } from '../command-line/command.ts';
import type { PersonIds } from './mentions.ts';

/** Somebody, and all that they are known by. */
export interface KnownPerson {
  /** Their learner; null of somebody who is none. */
  readonly learnerId: string | null;
  /** Object ids that the directory has for them, or had. */
  readonly personIds: readonly string[];
  /** Addresses and employee ids, in lower case. */
  readonly names: readonly string[];
  /** Ids and addresses by which they are looked for. */
  readonly ids: PersonIds;
}

/** The person whose id or address is given. @throws UsageError where that is nobody, or several. */
export async function findPerson(connection: Connection, organisationId: string, who: string): Promise<KnownPerson> {
  const text = who.toLowerCase();
  const learners = await learnersBy(connection, organisationId, (known) => known.includes(text));
  const records = await recordsBy(connection, organisationId, text);
  const personIds = new Set([
    ...learners.flatMap(personIdsOf),
    ...records.map(({ personId }) => personId.toLowerCase()),
  ]);
  const linked = await learnersBy(connection, organisationId, (known) => known.some((each) => personIds.has(each)));
  const all = [...new Map([...learners, ...linked].map((learner) => [learner._id, learner])).values()];
  if (all.length + records.length === 0) throw new UsageError(`nobody is known by ${JSON.stringify(who)}`);
  if (all.length > 1)
    throw new UsageError(
      `several are known by ${JSON.stringify(who)}: say whose id, ${all.map(({ _id }) => _id).join(' or ')}`,
    );
  const ids = new Set([...all.flatMap(knownBy), ...records.flatMap(recordKnownBy)]);
  const isAddress = (id: string) => id.includes('@');
  return {
    learnerId: all[0]?._id ?? null,
    personIds: [...new Set([...personIds, ...linked.flatMap(personIdsOf)])],
    names: [...new Set([...[...ids].filter(isAddress), ...all.flatMap(employeeIdsOf)])],
    ids,
  };
}

async function learnersBy(
  connection: Connection,
  organisationId: string,
  isMeant: (known: readonly string[]) => boolean,
) {
  const found: LearnerDocument[] = [];
  const cursor = learnerModel(connection).find({ organisationId }).lean<LearnerDocument>().cursor();
  for await (const learner of cursor) if (isMeant(knownBy(learner))) found.push(learner);
  return found;
}

async function recordsBy(connection: Connection, organisationId: string, text: string): Promise<PersonRecord[]> {
  const found: PersonRecord[] = [];
  const cursor = personRecordModel(connection).find({ organisationId }).lean<PersonRecord>().cursor();
  for await (const record of cursor) if (recordKnownBy(record).includes(text)) found.push(record);
  return found;
}

const lower = (texts: readonly (string | null | undefined)[]): string[] =>
  texts.flatMap((text) => (text ? [text.toLowerCase()] : []));

const personIdsOf = ({ sources, formerLinks = [] }: LearnerDocument) =>
  lower([sources.microsoft?.personId, ...formerLinks.map(({ personId }) => personId)]);

const knownBy = (learner: LearnerDocument): string[] => {
  const { _id, fields, sources, formerLinks = [] } = learner;
  const { microsoft, manual } = sources;
  return [
    ...personIdsOf(learner),
    ...lower([_id, fields.email, microsoft?.userPrincipalName, microsoft?.mail, microsoft?.fields.email]),
    ...lower([manual?.fields.email, manual?.userPrincipalName, ...formerLinks.map((each) => each.userPrincipalName)]),
  ];
};

const employeeIdsOf = ({ sources: { microsoft, manual } }: LearnerDocument) =>
  lower([microsoft?.employeeId, manual?.employeeId]);

const recordKnownBy = ({ personId, emitted, pending, proposal }: PersonRecord): string[] =>
  lower([personId, emitted?.state.userPrincipalName, pending?.userPrincipalName, proposal?.state.userPrincipalName]);
