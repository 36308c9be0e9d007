import type { Change, Variant } from '../../variants/change-module.ts';

/** A write that comes a moment after the offset, as behind a queue in memory. */
export const offsetFirst: readonly Change[] = [
  {
    module: 'apps/profile-writer/dist/intake/create-batch-handler.js',
    from: 'for (const state of await applyRound(round))\n            skipped.add(state);',
    to: 'setTimeout(() => void applyRound(round).catch(() => undefined), 1_000);',
  },
];

export const writerKillVariants: readonly Variant[] = [
  { id: 'N22', says: 'move the offset before the write', changes: offsetFirst },
  {
    id: 'N23',
    says: 'write the log anew whenever they come to it',
    changes: [
      {
        module: 'apps/profile-writer/dist/provisioning-log/log-entry-of.js',
        from: '_id: `${learnerId}:${version}`,',
        to: '_id: `${learnerId}:${version}:${Math.random()}`,',
      },
      {
        module: 'apps/profile-writer/dist/apply-user-states/apply-round.js',
        from: 'const refused = await deps.saveLearners(writes);',
        to: 'await new Promise((resolve) => setTimeout(resolve, 300));\n    const refused = await deps.saveLearners(writes);',
      },
    ],
  },
];

export const rebalanceVariants: readonly Variant[] = [
  { id: 'N24', says: 'leave before they have written', changes: offsetFirst },
];
