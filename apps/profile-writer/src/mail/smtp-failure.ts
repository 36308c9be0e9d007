import type { MailOutcome } from './mail.ts';

/** As nodemailer describes an error. */
interface SmtpError {
  readonly message: string;
  readonly code?: string;
  /** The SMTP command that failed. */
  readonly command?: string;
  /** The server's whole reply, and its number. */
  readonly response?: string;
  readonly responseCode?: number;
}

const LONGEST_REASON = 500;

/**
 * What became of a mail whose sending failed. The server's answer to the message is its fate (RFC 5321 section 4.2.5:
 * with 4yz or 5yz it has not taken it over); once the message was begun, a failure without that answer hides it.
 * Refused are recipient and message alone: what concerns us, such as a login or the sender, is our trouble and passes.
 * @param begun the server has said 354, and the message is on its way
 */
export function outcomeOfFailure(error: unknown, begun: boolean): MailOutcome {
  const failure: SmtpError = error instanceof Error ? error : { message: String(error) };
  const { command, responseCode = 0 } = failure;
  const reason = (failure.response ?? failure.message).slice(0, LONGEST_REASON);
  const answered = command === 'DATA' && responseCode > 0;
  if (begun && !answered) return { kind: 'unconfirmed', reason };
  if (responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA')) return { kind: 'refused', reason };
  if (failure.code === 'EENVELOPE' && responseCode === 0) return { kind: 'refused', reason };
  return { kind: 'later', reason };
}
