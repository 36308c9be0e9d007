import type { Mail } from './mail.ts';

/** A mail whose purpose is one link. */
export interface Letter extends Pick<Mail, 'id' | 'to' | 'subject'> {
  /** What comes before the link, a paragraph each. */
  readonly before: readonly string[];
  readonly link: string;
  /** What the link is called where it isn't shown as an address. */
  readonly linkText: string;
  readonly after: readonly string[];
}

/** The letter as text and as HTML. */
export function mailOf({ id, to, subject, before, link, linkText, after }: Letter): Mail {
  const greeting = to.name === '' ? 'Hello,' : `Hello ${to.name},`;
  return {
    ...{ id, to, subject },
    text: [greeting, ...before, link, ...after].join('\n\n') + '\n',
    html: htmlOf([
      ...[greeting, ...before].map((text) => element('p', text)),
      `<p><a href="${escaped(link)}">${escaped(linkText)}</a></p>`,
      `<p>Or copy this address into your browser:<br>${escaped(link)}</p>`,
      ...after.map((text) => element('p', text)),
    ]),
  };
}

export const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();

export const dayOf = (date: Date): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }).format(date)} UTC`;

const element = (name: string, text: string) => `<${name}>${escaped(text)}</${name}>`;

const htmlOf = (parts: readonly string[]) =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"></head><body>\n${parts.join('\n')}\n</body></html>\n`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? '');
