import { expect, it } from '@jest/globals';
import type { Mail, SendMail } from '../../src/mail/mail.ts';

/** A way to send mails, and what has arrived by it, decoded. */
export interface MailSystem {
  readonly send: SendMail;
  arrived(): Promise<readonly ArrivedMail[]>;
}

export interface ArrivedMail {
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export const aMail = (changes: Partial<Mail> = {}): Mail => ({
  id: 'lrn_1.1',
  to: { name: 'Ada Lovelace', address: 'ada@example.com' },
  subject: 'Your invitation',
  text: 'Hello,\n\nhttps://acme.learnamp.example/invitation?token=abc\n',
  html: '<p>Hello</p>\n',
  ...changes,
});

/** What every way to send mails keeps; `system` is fresh for each check. */
export function mailContract(system: () => MailSystem): void {
  it('takes a mail over as it is', async () => {
    const mail = aMail();

    expect(await system().send(mail)).toEqual({ kind: 'sent' });

    const { subject, text, html } = mail;
    expect(await system().arrived()).toEqual([{ address: 'ada@example.com', subject, text, html }]);
  });

  it('keeps letters of any language', async () => {
    const mail = aMail({
      to: { name: 'Łucja Ďurišová', address: 'lucja@example.com' },
      subject: 'Einladung für Łucja – 你好',
      text: 'Zażółć gęślą jaźń\n',
      html: '<p>Zażółć</p>\n',
    });

    await system().send(mail);

    const { subject, text, html } = mail;
    expect(await system().arrived()).toEqual([{ address: 'lucja@example.com', subject, text, html }]);
  });

  it('sends different mails as many', async () => {
    await Promise.all([1, 2, 3].map((n) => system().send(aMail({ id: `lrn_1.${n}`, subject: `Mail ${n}` }))));

    expect((await system().arrived()).map(({ subject }) => subject).sort()).toEqual(['Mail 1', 'Mail 2', 'Mail 3']);
  });

  it('lets no name or subject address anybody else', async () => {
    const name = 'Ada\r\nBcc: eve@example.com';
    await system().send(aMail({ to: { name, address: 'ada@example.com' }, subject: 'Hi\r\nCc: eve@example.com' }));

    expect((await system().arrived()).map(({ address }) => address)).toEqual(['ada@example.com']);
  });
}
