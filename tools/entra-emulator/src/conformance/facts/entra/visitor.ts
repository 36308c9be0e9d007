import type { FactAnswer } from '../../fact.ts';
import type { FactWorld } from '../../fact-world.ts';
import { formsIn, readable, type Form } from './page.ts';

/** A person's browser, with its cookies and the page that it shows. */
export interface Visitor {
  /** Opens an address of Entra. */
  open(url: string): Promise<FactAnswer>;
  /** Sends the form of the page that has the field, filled in. */
  submit(fields: Readonly<Record<string, string>>): Promise<FactAnswer>;
}

/**
 * Walks as a browser does, until a page asks for something or an address outside is reached. The body of an answer is
 * `{ page, forms }` or `{ at, …parameters }`, in either case with the AADSTS number in it as `error_codes`.
 */
export function aVisitor(world: FactWorld): Visitor {
  const cookies = new Map<string, string>();
  const { httpUrl } = world.emulator;
  let forms: readonly Form[] = [];

  async function go(method: string, url: string, body?: URLSearchParams): Promise<FactAnswer> {
    if (!url.startsWith(httpUrl)) return outside(url);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const request = { headers: { cookie }, token: null, ...(body === undefined ? {} : { body }) };
    const answer = await world.call(method, url, request);
    keep(cookies, answer);
    const { location } = answer.headers;
    if (location !== undefined) return go('GET', new URL(location, url).href);
    const text = typeof answer.body === 'string' ? answer.body : '';
    forms = formsIn(text, url);
    const page = readable(text);
    return { ...answer, body: { page, forms, markup: text, error_codes: numbersIn(page) } };
  }

  return {
    open: (url) => go('GET', url),
    async submit(fields) {
      const form = forms.find(({ names }) => Object.keys(fields).every((name) => names.includes(name)));
      if (form === undefined) throw new Error(`no form with ${Object.keys(fields).join(', ')}`);
      const filled = new URLSearchParams({ ...form.hidden, ...fields });
      return form.method === 'post'
        ? go('POST', form.action, filled)
        : go('GET', `${form.action}?${filled.toString()}`);
    },
  };
}

/** An answer that was sent to the application. */
function outside(url: string): FactAnswer {
  const { origin, pathname, searchParams, hash } = new URL(url);
  const parameters = Object.fromEntries([...searchParams, ...new URLSearchParams(hash.slice(1))]);
  const error_codes = numbersIn(parameters['error_description'] ?? '');
  return { status: 302, headers: { location: url }, body: { at: origin + pathname, ...parameters, error_codes } };
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(/AADSTS(\d+): /g)].map(([, number]) => Number(number));
}

function keep(cookies: Map<string, string>, { headers }: FactAnswer): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(headers['set-cookie'] ?? '') ?? [];
  if (value === '') cookies.delete(name);
  else cookies.set(name, value);
}
