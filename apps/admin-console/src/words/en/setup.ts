import { counted } from './plural.ts';

export const setup = {
  title: 'Set up step by step',
  about: 'From your tenant to the first sync. Every step is stored by itself; come back to any of them at any time.',
  steps: {
    tenant: 'Tenant and consent',
    permissions: 'Permissions',
    group: 'Group',
    mapping: 'Mapping',
    people: 'Managers, photos, teams',
    invitations: 'Invitations',
    preview: 'Preview',
    live: 'Go live',
  },
  abouts: {
    tenant: 'Connect your Microsoft Entra tenant: for provisioning, and for signing in if people are to use it.',
    permissions: 'See whether everything that is needed is granted.',
    group: 'Say whose people become learners.',
    mapping: 'The default fits most organisations. Try it on somebody, and change it where it does not.',
    people: 'Say what comes over besides the fields.',
    invitations: 'Say when new learners are invited.',
    preview: 'See what the first sync would do. Nothing changes.',
    live: 'Switch provisioning on. The first sync begins at once.',
  },
  list: 'Steps',
  states: { done: 'Done', current: 'Next', 'to do': 'To do' },
  back: (step: string) => `Back to ${step}`,
  onward: (step: string) => `Continue with ${step}`,
  teams: {
    title: 'Teams',
    about: 'The department of a person names their main team; teams come and go with departments by themselves.',
    open: 'Look at the teams',
  },
  wait: {
    body: 'Provisioning is on: once a group is chosen, its first sync begins at once.',
    button: 'Wait until I go live',
    done: 'Provisioning waits until you go live.',
  },
  preview: {
    none: 'There has been no preview yet.',
    noGroup: 'Choose a group first: there is nobody to look at yet.',
    make: 'Make a preview',
    again: 'Make another preview',
    when: 'The latest preview',
    open: 'Show it, person by person',
  },
  live: {
    noPreview: 'Make a preview first, to see what the first sync would do.',
    button: 'Go live',
    confirmTitle: 'Go live?',
    confirm: (created: number, updated: number, deactivated: number) =>
      `By the latest preview ${counted(created, 'learner is made', 'learners are made')}, ${counted(updated, 'is updated', 'are updated')} and ${counted(deactivated, 'is deactivated', 'are deactivated')}. More than your limits allow waits for your approval.`,
    done: 'You are live. The first sync has been asked for.',
    already: 'Provisioning is live.',
    overview: 'Go to the overview',
  },
} as const;
