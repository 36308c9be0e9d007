import { erasedAmong, type ErasureDocument } from '@learnamp/learners';
import type { Model } from 'mongoose';
import type { Collections } from '../collections.ts';
import { forgetPeople } from './forget-people.ts';

/** Has a compacted topic forget what it has under these keys of an organisation. */
export type EmptyKeys = (topic: string, organisationId: string, keys: readonly string[]) => Promise<void>;

export interface WithoutErasedDeps<State> {
  readonly erasures: Model<ErasureDocument>;
  readonly collections: Collections;
  readonly whose: (state: State) => { readonly organisationId: string; readonly personId: string };
  /** Where what was said of somebody who is erased lies; absent where it goes by itself. */
  readonly lies?: { readonly topic: string; readonly keyOf: (state: State) => string; readonly empty: EmptyKeys };
}

type ApplyRound<State> = (states: readonly State[]) => Promise<ReadonlySet<State>>;

/**
 * Applies states but for those of people who were erased: these are outdated, whatever their version, and what they say
 * goes from the topic too. Whoever is erased by another process while a round is written is looked for after it as well:
 * either that process finds what was written, or this one finds that they were erased.
 */
export function withoutErased<State>(deps: WithoutErasedDeps<State>, apply: ApplyRound<State>): ApplyRound<State> {
  return async (states) => {
    const before = await erasedIn(deps, states);
    const wanted = states.filter((state) => !before.has(state));
    const outdated = wanted.length === 0 ? new Set<State>() : await apply(wanted);
    const since = await erasedIn(deps, wanted);
    const late = [...before, ...since];
    for (const state of since) {
      const { organisationId, personId } = deps.whose(state);
      await forgetPeople(deps.collections, { organisationId, learnerIds: [], personIds: [personId] });
    }
    await emptyAll(deps, late);
    return new Set([...outdated, ...late]);
  };
}

async function erasedIn<State>({ erasures, whose }: WithoutErasedDeps<State>, states: readonly State[]) {
  const people = states.map((state) => ({ ...whose(state), state }));
  return new Set([...(await erasedAmong(erasures, people))].map(({ state }) => state));
}

async function emptyAll<State>({ lies, whose }: WithoutErasedDeps<State>, states: readonly State[]): Promise<void> {
  if (!lies) return;
  for (const state of states) await lies.empty(lies.topic, whose(state).organisationId, [lies.keyOf(state)]);
}
