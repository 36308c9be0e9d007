import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSmtpMail } from '../../src/mail/smtp-mail.ts';
import { answer, type Behaviour, type MailServer, startMailServer } from '../fixtures/mail-server.ts';
import { readMessage } from '../fixtures/read-message.ts';
import { aMail, mailContract } from './mail-contract.ts';

let server: MailServer;

beforeEach(async () => {
  server = await startMailServer();
});
afterEach(() => server.stop());

const send = (mail = aMail()) => createSmtpMail(server.settings)(mail);

describe('mail by SMTP', () => {
  mailContract(() => ({
    send: createSmtpMail(server.settings),
    arrived: () => Promise.resolve(server.received.map(readMessage)),
  }));

  it('names the sender, the mail and that a machine wrote it', async () => {
    await send();

    const { from, raw } = server.received[0] ?? { from: '', raw: '' };
    expect(from).toBe('no-reply@learnamp.example');
    expect(raw).toContain('From: Learn Amp <no-reply@learnamp.example>');
    expect(raw).toContain('Message-ID: <lrn_1.1@learnamp.example>');
    expect(raw).toContain('Auto-Submitted: auto-generated');
  });

  it('logs in where it is told how', async () => {
    const seen: unknown[] = [];
    const strict = await startMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        seen.push([username, password]);
        done(null, { user: username });
      },
    });

    const outcome = await createSmtpMail({ ...strict.settings, auth: { user: 'learn', pass: 'amp' } })(aMail());
    await strict.stop();

    expect([outcome, seen]).toEqual([{ kind: 'sent' }, [['learn', 'amp']]]);
  });

  it('sends nothing in the clear where TLS is required', async () => {
    const outcome = await createSmtpMail({ ...server.settings, requireTLS: true })(aMail());

    expect([outcome.kind, server.received]).toEqual(['later', []]);
  });
});

describe('a mail that fails', () => {
  const no = answer(550, 'No such mailbox here');
  const busy = answer(451, 'Try again later');
  const cases: readonly [string, Behaviour, string, string][] = [
    ['refused is its recipient', { onRcptTo: () => no }, 'refused', '550 No such mailbox here'],
    ['refused is the message', { onMessage: () => answer(554, 'Spam') }, 'refused', '554 Spam'],
    ['for later is a recipient of later', { onRcptTo: () => busy }, 'later', '451 Try again later'],
    ['for later is a message of later', { onMessage: () => busy }, 'later', '451 Try again later'],
    [
      'for later is a refused sender, who is we',
      { onMailFrom: () => answer(550, 'Who are you') },
      'later',
      '550 Who are you',
    ],
  ];

  it.each(cases)('%s', async (_what, behaviour, kind, reason) => {
    server.behaviour = behaviour;

    expect(await send()).toEqual({ kind, reason });
    expect(server.received).toEqual([]);
  });

  it('is unconfirmed when the connection breaks after the message, which was taken over', async () => {
    server.behaviour = { onMessage: () => 'hang up' };

    expect((await send()).kind).toBe('unconfirmed');
    expect(server.received).toHaveLength(1);
  });

  it('is unconfirmed when the connection breaks within the message', async () => {
    server.behaviour = { onFirstBytes: () => 'hang up' };

    expect((await send(aMail({ text: 'x'.repeat(5_000_000) }))).kind).toBe('unconfirmed');
  });

  it('is for later where nobody listens', async () => {
    await server.stop();

    expect((await send()).kind).toBe('later');
    server = await startMailServer();
  });

  it('is for later when the login is refused', async () => {
    const strict = await startMailServer({
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('Invalid login')),
    });

    const outcome = await createSmtpMail({ ...strict.settings, auth: { user: 'a', pass: 'b' } })(aMail());
    await strict.stop();

    expect(outcome.kind).toBe('later');
  });
});
