import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Mail, MailOutcome, SendMail } from './mail.ts';
import { outcomeOfFailure } from './smtp-failure.ts';
import type { SmtpSettings } from './smtp-settings.ts';

// Half a minute at most until the server has the message, and as long for each silence after that: shorter than the
// lease of whoever sends, and than what a process has to stop.
const timeouts = { connectionTimeout: 8_000, greetingTimeout: 8_000, socketTimeout: 15_000, dnsTimeout: 8_000 };

/**
 * Sends by SMTP, a connection for each mail. It drives nodemailer's connection instead of its transport, because only
 * there one can see whether the message itself was begun, which decides whether it may ever be sent again.
 */
export function createSmtpMail(settings: SmtpSettings): SendMail {
  return async (mail) => {
    const raw = await composed(settings, mail);
    const connection = new SMTPConnection({ ...connectionOptions(settings), ...timeouts });
    try {
      return await deliver(connection, settings, mail, raw);
    } finally {
      connection.close();
    }
  };
}

const connectionOptions = ({ host, port, secure, requireTLS }: SmtpSettings) => ({ host, port, secure, requireTLS });

function composed({ from }: SmtpSettings, { id, to, subject, text, html }: Mail): Promise<Buffer> {
  const messageId = `<${id}@${from.address.split('@')[1] ?? 'localhost'}>`;
  // RFC 3834: written by a machine, so that no other machine answers it.
  const headers = { 'Auto-Submitted': 'auto-generated' };
  return new MailComposer({ from, to, subject, text, html, messageId, headers }).compile().build();
}

async function deliver(
  connection: SMTPConnection,
  { auth, from }: SmtpSettings,
  { to }: Mail,
  raw: Buffer,
): Promise<MailOutcome> {
  let begun = false;
  // The stream is first read when the server has answered DATA by 354.
  const message = Readable.from(
    (function* () {
      begun = true;
      yield raw;
    })(),
  );
  try {
    await step(connection, (done) => connection.connect(done));
    if (auth) await step(connection, (done) => connection.login(auth, done));
    const envelope = { from: from.address, to: [to.address], size: raw.length };
    await step(connection, (done) => connection.send(envelope, message, done));
    return { kind: 'sent' };
  } catch (error) {
    return outcomeOfFailure(error, begun);
  }
}

/** One step of the conversation. A connection that breaks says so by an event, sometimes without calling back. */
function step(connection: SMTPConnection, act: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject);
    connection.once('end', () => reject(new Error('The mail server closed the connection')));
    act((error) => (error ? reject(error) : resolve()));
  });
}
