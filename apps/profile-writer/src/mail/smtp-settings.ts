import { ConfigError } from '@learnamp/service';

/** A mail server, and who we are to it. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else STARTTLS. */
  readonly secure: boolean;
  /** Nothing is sent without TLS. */
  readonly requireTLS: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
  readonly from: { readonly name: string; readonly address: string };
}

/**
 * Reads `smtp://user:password@host:port` (STARTTLS, which `?requireTLS=false` makes optional) or `smtps://…`, and a
 * sender such as `Learn Amp <no-reply@learnamp.com>`.
 * @throws ConfigError that names the variable and shows no value.
 */
export function readSmtpSettings(url: string, from: string | undefined): SmtpSettings {
  if (!URL.canParse(url)) throw new ConfigError(['SMTP_URL is no address']);
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  const secure = protocol === 'smtps:';
  if ((!secure && protocol !== 'smtp:') || hostname === '') {
    throw new ConfigError(['SMTP_URL is not written as smtp://host:port or smtps://host:port']);
  }
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && searchParams.get('requireTLS') !== 'false',
    auth: username === '' ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    from: senderOf(from),
  };
}

function senderOf(text: string | undefined): SmtpSettings['from'] {
  if (text === undefined) throw new ConfigError(['MAIL_FROM must be given with SMTP_URL']);
  const named = /^(?<name>[^<>\r\n]*)<(?<address>[^<>\s@]+@[^<>\s@]+)>$/.exec(text.trim())?.groups;
  const address = named?.['address'] ?? text.trim();
  if (!/^[^\s<>@]+@[^\s<>@]+$/.test(address)) {
    throw new ConfigError(['MAIL_FROM is not written as name@example.com or Name <name@example.com>']);
  }
  return { name: named?.['name']?.trim() ?? '', address };
}
