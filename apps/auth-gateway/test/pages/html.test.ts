import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeHtml, html } from '../../src/pages/html.ts';

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" } as const;
const read = (markup: string) =>
  markup.replace(/&(amp|lt|gt|quot|#39);/g, (_whole, name: keyof typeof entities) => entities[name]);

describe('html', () => {
  it('puts text in so that it reads the same and makes no markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(read(escaped)).toBe(text);
      }),
    );
  });

  it('puts markup of its own in as it is, lists joined, and leaves out what is not there', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);

    const list = html`<ul title="${'"'}">
        ${items}
      </ul>
      ${undefined}${0}`;

    expect(list.text.replace(/\s+(?=<|\d)/g, '')).toBe('<ul title="&quot;"><li>a</li><li>&lt;b&gt;</li></ul>0');
  });
});
