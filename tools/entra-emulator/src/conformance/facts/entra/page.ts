/** A form of a page, as far as it can be sent. */
export interface Form {
  readonly method: string;
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  /** Of every field and button. */
  readonly names: readonly string[];
}

/** The forms of a page, in order. */
export function formsIn(markup: string, url: string): Form[] {
  return [...markup.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = '', content = '']) => ({
    method: attribute(attributes, 'method'),
    action: new URL(attribute(attributes, 'action'), url).href,
    hidden: Object.fromEntries(
      [...content.matchAll(/<input type="hidden"([^>]*)>/g)].map(([, input = '']) => [
        attribute(input, 'name'),
        attribute(input, 'value'),
      ]),
    ),
    names: [...content.matchAll(/<(?:input|button)([^>]*)>/g)].map(([, field = '']) => attribute(field, 'name')),
  }));
}

/** What a person reads: tags removed and entities resolved. */
export function readable(markup: string): string {
  return resolved(markup.replaceAll(/<(style|script)>.*?<\/\1>/gs, '').replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function attribute(attributes: string, name: string): string {
  return resolved(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function resolved(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_entity, name: string) => ENTITIES[name] ?? '');
}
