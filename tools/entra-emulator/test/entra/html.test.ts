import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { html } from '../../src/entra/pages/html.ts';

const markup = fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', ';', '#', '3', '9', 'l', 't') });

/** As a browser reads it, one character reference after the other. */
function read(escaped: string): string {
  const references: [string, string][] = [
    ['&lt;', '<'],
    ['&gt;', '>'],
    ['&quot;', '"'],
    ['&#39;', "'"],
    ['&amp;', '&'],
  ];
  const [entity, character] = references.find(([reference]) => escaped.startsWith(reference)) ?? [
    escaped.charAt(0),
    escaped.charAt(0),
  ];
  return escaped === '' ? '' : character + read(escaped.slice(entity.length));
}

describe('html', () => {
  it('writes any value so that it closes no tag and no attribute', () => {
    fc.assert(fc.property(markup, (value) => !/[<>"']/.test(html`${value}`.text)));
  });

  it('writes any value so that a browser reads it back', () => {
    fc.assert(fc.property(markup, (value) => read(html`${value}`.text) === value));
  });

  it('keeps what is HTML already, alone and in lists', () => {
    const items = ['<', '&'].map((value) => html`<li>${value}</li>`);

    expect(html`${items}${html`<hr />`}`.text).toBe('<li>&lt;</li><li>&amp;</li><hr />');
  });
});
