import type { Settings } from '../settings/settings.ts';

export type Notifications = Settings['notifications'];

/** What there is to be told of, the most urgent first. */
export const noticeKinds = [
  'approval',
  'failure',
  'expiry',
  'summary',
] as const satisfies readonly (keyof Notifications)[];

export type NoticeKind = (typeof noticeKinds)[number];

/** One a line, as they are typed. */
export const addressesOf = (text: string): string[] =>
  text
    .split(/[\s,;]+/u)
    .map((address) => address.trim())
    .filter((address) => address !== '');
