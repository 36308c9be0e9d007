import { counted } from './plural.ts';

export const managers = {
  title: 'Managers',
  about: 'Who manages whom, as Microsoft says it, and where that can’t be followed.',
  health: 'How managers stand',
  kinds: {
    linked: 'Linked',
    waiting: 'Manager not here yet',
    'out-of-scope': 'Manager outside the group',
    inactive: 'Manager not active',
    circles: 'In a circle',
    none: 'Without a manager',
  },
  hints: {
    waiting:
      'Their manager is in the group and no learner yet. They are linked by themselves as soon as the manager is.',
    'out-of-scope':
      'Their manager is not in the group. Add the manager to the group in Entra, or give these people another one there.',
    inactive: 'Their manager is a learner who is not active. Give these people another manager in Entra.',
    circles: 'These managers lead back to themselves, so nobody is at the top. Put one of them right in Entra.',
  },
  none: 'There is nobody to show.',
  person: 'Person',
  manager: 'Manager',
  unnamed: 'Ask who they are',
  inEntra: 'Account in Entra',
  chart: 'Who reports to whom',
  chartAbout: 'Opens level by level. Only active learners are in it.',
  chartNone: 'Nobody manages anybody yet.',
  noReports: 'Nobody reports to them.',
  toggle: (name: string) => `People who report to ${name}`,
  reports: (count: number) => counted(count, 'report', 'reports'),
  wholeChart: 'Show the whole chart',
  fromTop: 'From the top',
  up: (name: string) => `Up to ${name}`,
  startHere: 'Begin here',
  startLabel: (name: string) => `Begin here: ${name}`,
  more: 'Show more',
} as const;
