import { describe, expect, it } from '@jest/globals';
import { readSmtpSettings } from '../../src/mail/smtp-settings.ts';

const from = 'Learn Amp <no-reply@learnamp.example>';

describe('readSmtpSettings', () => {
  it('reads server, login and sender', () => {
    expect(readSmtpSettings('smtp://learn%40amp:p%3Ass@mail.example:2525', from)).toEqual({
      host: 'mail.example',
      port: 2525,
      secure: false,
      requireTLS: true,
      auth: { user: 'learn@amp', pass: 'p:ss' },
      from: { name: 'Learn Amp', address: 'no-reply@learnamp.example' },
    });
  });

  it('has a port for each of the two ways, and TLS unless told otherwise', () => {
    const of = (url: string) => readSmtpSettings(url, 'no-reply@learnamp.example');

    expect(of('smtps://mail.example')).toMatchObject({ port: 465, secure: true, auth: null });
    expect(of('smtp://mail.example')).toMatchObject({ port: 587, secure: false, requireTLS: true });
    expect(of('smtp://mail.example:25?requireTLS=false')).toMatchObject({ port: 25, requireTLS: false });
    expect(of('smtp://mail.example').from).toEqual({ name: '', address: 'no-reply@learnamp.example' });
  });

  it.each([
    ['no URL', 'mail.example:25', from, 'SMTP_URL'],
    ['another scheme', 'https://mail.example', from, 'SMTP_URL'],
    ['no sender', 'smtp://mail.example', undefined, 'MAIL_FROM'],
    ['a sender without an address', 'smtp://mail.example', 'Learn Amp', 'MAIL_FROM'],
    ['a sender of two lines', 'smtp://mail.example', 'a\r\nBcc: <b@c.d>', 'MAIL_FROM'],
  ])('refuses %s, naming the variable and no value', (_what, url, sender, variable) => {
    expect(() => readSmtpSettings(url, sender)).toThrow(new RegExp(`^invalid configuration: ${variable}.*$`));
  });
});
