import { mailOf, oneLine } from '../mail/letter.ts';
import type { Mail } from '../mail/mail.ts';
import { LINK_MINUTES } from './queue-password-link.ts';

/** What a mail with a password link says. */
export interface PasswordLinkMailContent {
  readonly id: string;
  readonly to: Mail['to'];
  readonly organisationName: string;
  readonly link: string;
}

/** The mail by which somebody chooses a new password. */
export function passwordLinkMail({ id, to, organisationName, link }: PasswordLinkMailContent): Mail {
  const organisation = oneLine(organisationName);
  return mailOf({
    ...{ id, to, link },
    subject: `Choose a new password for ${organisation}`,
    before: [`Somebody, probably you, wants to choose a new password for your account at ${organisation}:`],
    linkText: 'Choose a new password',
    after: [
      `The link works once, within ${LINK_MINUTES} minutes of being asked for. A new password signs you out everywhere else.`,
      'If it was not you, you can ignore this mail: your password stays as it is.',
    ],
  });
}
