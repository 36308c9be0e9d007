import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail server on this machine that takes everything over. */
export interface MailSink {
  readonly url: string;
  /** How many mails came for each address. */
  readonly received: ReadonlyMap<string, number>;
  /** The mails as they came. */
  readonly texts: readonly string[];
  stop(): Promise<void>;
}

export async function startMailSink(): Promise<MailSink> {
  const received = new Map<string, number>();
  const texts: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, { envelope }, done) => {
      void text(stream).then((mail) => {
        texts.push(mail);
        for (const { address } of envelope.rcptTo) received.set(address, (received.get(address) ?? 0) + 1);
        done();
      }, done);
    },
  });
  // Whoever is killed hangs up in the middle of a conversation.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}?requireTLS=false`,
    received,
    texts,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
