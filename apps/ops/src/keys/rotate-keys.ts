import type { Answer, Command, Seals, Surroundings } from '../command-line/command.ts';
import { headed } from '../command-line/table.ts';
import { passingKeyIds, type SealedValue, sealedValues } from './sealed-values.ts';

export const rotateKeys: Command = {
  name: 'keys rotate',
  takes: '[--dry-run]',
  about: 'seals every stored value anew by the first key of SEALING_KEYS, and says which keys nothing needs any more',
  flags: { 'dry-run': { type: 'boolean', about: 'says which keys seal what, and changes nothing' } },
  run: async (surroundings, args) => {
    const seals = surroundings.seals();
    if (args.has('dry-run')) return answerOf(surroundings, seals, []);
    return answerOf(surroundings, seals, await rotate(surroundings, seals));
  },
};

interface Broken {
  readonly collection: string;
  readonly organisationId: string;
  readonly keyId: string | null;
}

/** One that can't be opened stays as it is, and the others go on. */
async function rotate({ connection, progress, signal }: Surroundings, seals: Seals): Promise<Broken[]> {
  const broken: Broken[] = [];
  let done = 0;
  for await (const value of sealedValues(connection)) {
    if (signal.aborted) break;
    if (value.keyId !== seals.currentKeyId && !(await isSealedAnew(seals, value))) {
      const { collection, place, keyId = null } = value;
      broken.push({ collection, organisationId: place.organisationId, keyId });
    }
    progress(`${(done += 1)} values looked at`);
  }
  progress('');
  return broken;
}

async function isSealedAnew(seals: Seals, value: SealedValue): Promise<boolean> {
  const text = await seals.open(value.sealed, value.place).catch(() => undefined);
  if (text === undefined) return false;
  // Who changes it meanwhile seals by a key of theirs: it is counted by what it is then.
  await value.replace(await seals.seal(text, value.place));
  return true;
}

/** Counts what is stored now, by collection and key. */
async function answerOf({ connection }: Surroundings, seals: Seals, broken: readonly Broken[]): Promise<Answer> {
  const counts = new Map<string, number>();
  const perKey = new Map<string, number>();
  for await (const { collection, keyId = '(none)' } of sealedValues(connection)) {
    counts.set(`${collection} ${keyId}`, (counts.get(`${collection} ${keyId}`) ?? 0) + 1);
    perKey.set(keyId, (perKey.get(keyId) ?? 0) + 1);
  }
  const passing = (await passingKeyIds(connection)).filter((id) => id !== seals.currentKeyId);
  const old = [...perKey].filter(([keyId]) => keyId !== seals.currentKeyId);
  const rows = [...counts].map(([name, count]) => [...name.split(' '), String(count)]);
  const lines = [
    rows.length === 0 ? 'nothing is sealed yet' : headed(['collection', 'key', 'values'], rows),
    '',
    ...broken.map(
      ({ collection, organisationId, keyId }) =>
        `${collection} of ${organisationId} can't be opened: its key ${keyId ?? '(none)'} is not in SEALING_KEYS, or it was changed`,
    ),
    ...old.map(([keyId, count]) => `${keyId} is still needed: ${count} values are sealed by it`),
    ...(passing.length > 0
      ? [`${[...new Set(passing)].join(', ')}: tenants are being connected under it; wait an hour`]
      : []),
    ...(old.length + passing.length === 0
      ? [`only ${seals.currentKeyId} is needed: other keys may be taken out of SEALING_KEYS`]
      : []),
  ];
  const data = {
    currentKey: seals.currentKeyId,
    values: rows.map(([collection, key, values]) => ({ collection, key, values: Number(values) })),
    broken,
    passing: passing.length,
  };
  return { data, text: lines.join('\n'), exitCode: old.length === 0 ? 0 : 1 };
}
