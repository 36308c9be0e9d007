import { number } from './plural.ts';

export const skipped = {
  title: 'Skipped',
  about: 'Who is in the group and was left as they are by the newest full sync, by reason.',
  noRun: 'There has been no full sync yet.',
  asOf: 'As of the full sync of',
  openRun: 'Show that run',
  none: 'Nobody was skipped, and every field could be read.',
  noneSkipped: 'Nobody was skipped.',
  first: 'The first of them',
  more: (count: number) => `and ${number(count)} more`,
  repair: 'What to do',
  again: 'Sync everything',
  againAbout: 'Everybody who was skipped is tried again by the next full sync. You can ask for one now.',
  unreadable: 'Fields that could not be read',
  unreadableAbout: 'These people kept what they had.',
  field: 'Field',
  people: 'People',
  problem: 'Why',
  mapping: 'Change the field mapping',
  links: {
    users: 'All people in Entra',
    group: 'The group’s members in Entra',
    settings: 'Settings',
    microsoft: 'Connection with Microsoft',
  },
} as const;
