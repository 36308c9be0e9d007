import type { Change, Variant } from '../../variants/change-module.ts';

/** A variant with a history that is known to show it. */
export interface SeededVariant extends Variant {
  readonly seed: number;
}

const inModule = (module: string, changes: readonly Omit<Change, 'module'>[]): Change[] =>
  changes.map((change) => ({ module, ...change }));

const emitStates = 'apps/directory-sync/dist/emission/emit-states.js';
const deltaRun = 'apps/directory-sync/dist/runs/delta-run.js';
const applyRound = 'apps/profile-writer/dist/apply-user-states/apply-round.js';

export const variants: readonly SeededVariant[] = [
  {
    id: 'V1',
    says: 'move the offset before the write',
    seed: 607,
    changes: inModule('apps/profile-writer/dist/intake/create-batch-handler.js', [
      {
        from: 'for (const state of await applyRound(round))\n            skipped.add(state);',
        to: 'void applyRound(round).catch(() => undefined);',
      },
    ]),
  },
  {
    id: 'V2',
    says: 'emit before anything is pending',
    seed: 705,
    changes: inModule(emitStates, [
      { from: 'await stores.people.bulkWrite(operations, { session, ordered: false });', to: 'void operations;' },
      { from: ", 'pending.version': version }", to: ' }, upsert: true' },
      {
        from: '[{ $set: { emitted: literal,',
        to: '[{ $set: { organisationId: organisation.id, personId: state.personId, emitted: literal,',
      },
    ]),
  },
  {
    id: 'V3',
    says: 'write the learner’s version before the effects',
    seed: 310,
    changes: inModule(applyRound, [
      {
        from: 'const [writes] = await Promise.all([\n        writesOf(deps, plans, { now, merges }),',
        to: 'const writes = await writesOf(deps, plans, { now, merges });\n    const refused = await deps.saveLearners(writes);\n    await Promise.all([',
      },
      { from: '    ]);\n    const refused = await deps.saveLearners(writes);', to: '    ]);' },
    ]),
  },
  {
    id: 'V4',
    says: 'store the delta link before the events are published',
    seed: 44,
    changes: inModule(deltaRun, [
      {
        from: '    const { touched, entered, returned,',
        to: '    await saveRound(context, { before, after: tree, names, shortages: doubts.shortages }, reading, []);\n    const { touched, entered, returned,',
      },
    ]),
  },
  {
    id: 'V5',
    says: 'let a full run win over delta runs: its people, its tree and its links replace theirs',
    seed: 1357,
    changes: inModule('apps/directory-sync/dist/runs/full-run.js', [
      { from: 'const ours = step.filter((personId) => !touched.has(personId));', to: 'const ours = step;' },
      { from: 'import { newLinks, replaceLinks }', to: 'import { dropLinks, newLinks, replaceLinks }' },
      {
        from: '    await replaceLinks(context, await linksReplacedBy(context, followed));',
        to: `    await dropLinks(context);
    await followMembers(context, closure(tree, context.organisation.microsoft.groupId));
    await ensureGroupLinks(context, [...tree.keys()]);
    const { connection, stores, lease, clock, timings, organisation } = context;
    await underLease(connection, stores.workRecords, lease, new Date(clock().getTime() + timings.leaseTtl), (session) =>
        saveTree(stores.groupNodes, organisation.id, { before: new Map(), after: tree, names: new Map(), shortages: new Map() }, session));`,
      },
    ]),
  },
  {
    id: 'V6',
    says: 'take absence from a list for proof',
    seed: 904,
    changes: [
      ...inModule('libs/directory/dist/removal/prove-left.js', [
        { from: 'if (person !== false)\n        return undefined;', to: '' },
        { from: 'if (knownMember === true) {', to: 'if (!(person && knownMember)) {' },
      ]),
      ...inModule('libs/directory/dist/membership/believe-list.js', [
        { from: 'if (shortBy <= 0)', to: 'if (shortBy < Infinity)' },
      ]),
    ],
  },
  {
    id: 'V7',
    says: 'replace a large group by each slice of it',
    seed: 1849,
    changes: inModule('libs/directory/dist/membership/apply-group-changes.js', [
      {
        from: 'changed.get(change.groupId) ?? { users: new Set(before.users), groups: new Set(before.groups) };',
        to: '{ users: new Set(), groups: new Set() };',
      },
    ]),
  },
  {
    id: 'V8',
    says: 'find whom to deactivate by email',
    seed: 1324,
    changes: inModule(applyRound, [
      {
        from: '    const placement = await placeStates(deps, states);',
        to: `    for (const { active, organisationId, fields: { email } } of states)
        if (!active && email) await deps.learners.updateMany({ organisationId, 'fields.email': email }, { $set: { active: false } });
    const placement = await placeStates(deps, states);`,
      },
    ]),
  },
];
