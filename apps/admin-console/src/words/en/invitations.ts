import { counted, number } from './plural.ts';

export const invitations = {
  title: 'Invitations',
  about: 'People who have been made learners and have not come yet.',
  held: 'held',
  total: 'in all',
  list: 'Invitations that nobody has used',
  none: 'There is no invitation that nobody has used.',
  person: 'Person',
  state: 'State',
  do: 'Do',
  selectAll: 'Select all held ones shown',
  select: (name: string) => `Select ${name}`,
  selected: (count: number) => `${number(count)} selected`,
  sendAll: (count: number) => `Send all held (${number(count)})`,
  sendSelected: (count: number) => `Send selected (${number(count)})`,
  sendTitle: 'Send invitations?',
  sendBody: (count: number) =>
    `${counted(count, 'person gets', 'people get')} a mail with a link to come in. It can’t be taken back.`,
  send: 'Send',
  again: 'Send again',
  againTo: (name: string) => `Send again to ${name}`,
  sent: (count: number) => `${counted(count, 'invitation is', 'invitations are')} on the way.`,
  resent: 'The invitation is sent again.',
} as const;
