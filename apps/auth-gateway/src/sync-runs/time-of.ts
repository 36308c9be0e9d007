import { html, type Html } from '../pages/html.ts';

const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** A moment, in UTC; the page's script shows it in the reader's own time. */
export const timeOf = (iso: string): Html => html`<time datetime="${iso}">${format.format(new Date(iso))} UTC</time>`;
