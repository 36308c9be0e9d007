import { dayOf, mailOf, oneLine } from '../mail/letter.ts';
import type { Mail } from '../mail/mail.ts';

/** What an invitation says. */
export interface InvitationMailContent {
  readonly id: string;
  readonly to: Mail['to'];
  readonly organisationName: string;
  readonly link: string;
  readonly expiresAt: Date;
}

/** The mail that invites somebody. */
export function invitationMail({ id, to, organisationName, link, expiresAt }: InvitationMailContent): Mail {
  const organisation = oneLine(organisationName);
  return mailOf({
    ...{ id, to, link },
    subject: `Your invitation to learn with ${organisation}`,
    before: [
      `${organisation} uses Learn Amp for learning, and there is now an account for you. Open this link to begin:`,
    ],
    linkText: 'Open your invitation',
    after: [
      `The link is for you alone, works once, and ends on ${dayOf(expiresAt)}. If it has ended, ask the people who look after Learn Amp at ${organisation} for a new one.`,
      'If you did not expect this mail, you can ignore it.',
    ],
  });
}
