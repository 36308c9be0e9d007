/** One mail to one person. */
export interface Mail {
  /** The same whenever the same mail is tried again, and never that of another one: it becomes the Message-ID. */
  readonly id: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What became of a mail. */
export type MailOutcome =
  /** Whoever delivers it has taken it over. */
  | { readonly kind: 'sent' }
  /** It was refused for good, in the words of whoever delivers it. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It was certainly not taken over, and may be later. */
  | { readonly kind: 'later'; readonly reason: string }
  /** It may have been taken over, and nobody can tell. */
  | { readonly kind: 'unconfirmed'; readonly reason: string };

/** Hands one mail to whoever delivers it, once: nothing is tried again in here. Never throws for what becomes of it. */
export type SendMail = (mail: Mail) => Promise<MailOutcome>;
