import type { NoticeKind, NoticeMailDocument } from '@learnamp/learners';
import { mailOf, oneLine } from '../mail/letter.ts';
import type { Mail } from '../mail/mail.ts';
import type { NoticeContent } from './notice-content.ts';
import { noticeWords } from './notice-words.ts';

/** What a mail of a notice is made of. */
export interface NoticeMailContent extends Pick<Mail, 'id' | 'to'> {
  readonly kind: NoticeKind;
  readonly what: NoticeMailDocument['what'];
  readonly content: NoticeContent;
  readonly organisationName: string;
  /** The origin of the organisation's home. */
  readonly home: string;
}

const TEST = 'This is a test that you asked for: what it says is made up.';

/** The mail by which somebody who administers an organisation is told how it is. */
export function noticeMail({ id, to, kind, what, content, organisationName, home }: NoticeMailContent): Mail {
  const organisation = oneLine(organisationName);
  const { subject, before, path, linkText, after } = noticeWords(kind, content, organisation);
  const isTest = what === 'test';
  const whoGetsIt =
    `You get this mail because you look after Learn Amp at ${organisation}, or because your address is named there. ` +
    `Which of these mails there are, and who gets them, is set at ${home}/admin/settings`;
  return mailOf({
    ...{ id, to, linkText },
    subject: isTest ? `Test: ${subject}` : subject,
    before: isTest ? [TEST, ...before] : before,
    link: `${home}${path}`,
    after: [...after, whoGetsIt],
  });
}
