import { importKeys, type LearnerDocument, learnerIdOf } from '@learnamp/learners';
import type { Model } from 'mongoose';
import type { ImportCommand } from './find-by-hand.ts';

/**
 * Splits imports of one organisation into rounds, each about a learner at most once, and in order for each learner. Two
 * imports may be about one learner if they have a key in common, or each has one of a learner who is stored.
 */
export async function importRounds(
  learners: Model<LearnerDocument>,
  organisationId: string,
  commands: readonly ImportCommand[],
): Promise<ImportCommand[][]> {
  if (commands.length === 1) return [[...commands]];
  const chains = new Map<string, Chain>();
  for (const keys of await keysOfLearners(learners, organisationId, commands)) join(chains, keys, []);
  commands.forEach((command, index) => join(chains, keysOf(command), [index]));
  const rounds: ImportCommand[][] = [];
  for (const { commands: chain } of new Set(chains.values())) {
    chain
      .toSorted((a, b) => a - b)
      .forEach((index, round) => (rounds[round] ??= []).push(...commands.slice(index, index + 1)));
  }
  return rounds;
}

interface Chain {
  readonly keys: readonly string[];
  /** By their places in the list. */
  readonly commands: readonly number[];
}

function join(chains: Map<string, Chain>, keys: readonly string[], commands: readonly number[]): void {
  const found = [...new Set(keys.flatMap((key) => chains.get(key) ?? []))];
  const joined: Chain = {
    keys: [...new Set([...found.flatMap((chain) => chain.keys), ...keys])],
    commands: [...found.flatMap((chain) => chain.commands), ...commands],
  };
  for (const key of joined.keys) chains.set(key, joined);
}

const learnerKey = (learnerId: string) => `learner:${learnerId}`;

const keysOf = ({ organisationId, commandId, action }: ImportCommand): string[] => [
  learnerKey(action.learnerId ?? learnerIdOf(organisationId, 'manual', commandId)),
  ...importKeys(action),
];

async function keysOfLearners(
  learners: Model<LearnerDocument>,
  organisationId: string,
  commands: readonly ImportCommand[],
): Promise<string[][]> {
  const ids = commands.flatMap(({ action }) => action.learnerId ?? []);
  const keys = [...new Set(commands.flatMap(({ action }) => importKeys(action)))];
  const found = await learners
    .find(
      {
        $or: [
          { _id: { $in: ids }, organisationId },
          { organisationId, matchKeys: { $in: keys } },
        ],
      },
      'matchKeys',
    )
    .lean();
  return found.map(({ _id, matchKeys = [] }) => [learnerKey(_id), ...matchKeys]);
}
