import type { Variant } from '../../variants/change-module.ts';

export const replayVariants: readonly Variant[] = [
  {
    id: 'N15',
    says: 'apply whatever comes, older or newer',
    changes: [
      {
        module: 'apps/profile-writer/dist/apply-user-states/plan-state.js',
        from: 'if (applied && applied > state.version)\n        return undefined;',
        to: 'void applied;',
      },
      {
        module: 'libs/mongo/dist/version-guard.js',
        from: '{ [path]: { $lte: version } }',
        to: '{ [path]: { $ne: 0 } }',
      },
    ],
  },
  {
    id: 'N16',
    says: 'let organisations share a department’s team',
    changes: [
      {
        module: 'libs/learners/dist/team/team-model.js',
        from: '${organisationId}\\n${name}',
        to: '${name}',
      },
    ],
  },
];
