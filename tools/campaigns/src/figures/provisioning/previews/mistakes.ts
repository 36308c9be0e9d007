import type { Variant } from '../../variants/change-module.ts';

const writer = 'apps/profile-writer/dist/previews/preview-copies.js';

/** Mistakes that a service could make in a preview. */
export const mistakes: readonly Variant[] = [
  {
    id: 'W2',
    says: 'make previews on what is kept of people, in directory-sync',
    changes: [{ module: 'apps/directory-sync/dist/preview/on-copies.js', from: 'copies.get(store)]', to: 'store]' }],
  },
  {
    id: 'W3',
    says: 'make previews on the learners themselves, in profile-writer',
    changes: [
      { module: writer, from: 'learners: copyModel(collections.learners)', to: 'learners: collections.learners' },
    ],
  },
  {
    id: 'W4',
    says: 'plan each person without the learners who are there',
    changes: [
      {
        module: writer,
        from: 'await fillCopy(originals.learners, copies.learners, { organisationId });',
        to: '',
      },
    ],
  },
];
