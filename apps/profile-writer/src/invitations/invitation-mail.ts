import type { Mail } from '../mail/mail.ts';

/** What an invitation says. */
export interface InvitationMailContent {
  readonly id: string;
  readonly to: Mail['to'];
  readonly organisationName: string;
  readonly link: string;
  readonly expiresAt: Date;
}

/** The mail that invites somebody, as text and as HTML. */
export function invitationMail({ id, to, organisationName, link, expiresAt }: InvitationMailContent): Mail {
  const organisation = oneLine(organisationName);
  const greeting = to.name === '' ? 'Hello,' : `Hello ${to.name},`;
  const paragraphs = [
    `${organisation} uses Learn Amp for learning, and there is now an account for you. Open this link to begin:`,
    `The link is for you alone, works once, and ends on ${dayOf(expiresAt)}. If it has ended, ask the people who look after Learn Amp at ${organisation} for a new one.`,
    'If you did not expect this mail, you can ignore it.',
  ] as const;
  const [first, ...others] = paragraphs;
  return {
    id,
    to,
    subject: `Your invitation to learn with ${organisation}`,
    text: [greeting, first, link, ...others].join('\n\n') + '\n',
    html: htmlOf([
      element('p', greeting),
      element('p', first),
      `<p><a href="${escaped(link)}">Open your invitation</a></p>`,
      `<p>Or copy this address into your browser:<br>${escaped(link)}</p>`,
      ...others.map((text) => element('p', text)),
    ]),
  };
}

const oneLine = (text: string) => text.replace(/\s+/gu, ' ').trim();

const dayOf = (date: Date) =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }).format(date)} UTC`;

const element = (name: string, text: string) => `<${name}>${escaped(text)}</${name}>`;

const htmlOf = (parts: readonly string[]) =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"></head><body>\n${parts.join('\n')}\n</body></html>\n`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? '');
