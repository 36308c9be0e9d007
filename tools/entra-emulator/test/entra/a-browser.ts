import type { Doors } from './doors.ts';

/** A page as a person without JavaScript meets it. */
export interface Visit {
  status: number;
  url: string;
  text: string;
  /** Text with tags removed and entities resolved. */
  readable: string;
  /** Hidden fields and addresses of its forms, in order. */
  forms: Form[];
}

export interface Form {
  action: string;
  method: string;
  hidden: Record<string, string>;
  /** Buttons by name: their value. Named by aria-labelledby where they have it. */
  buttons: { name: string; value: string; label: string }[];
  /** Names of the fields that a person may fill in. */
  fields: string[];
}

export interface Browser {
  open(url: string): Promise<Visit>;
  submit(form: Form, fields: Record<string, string>): Promise<Visit>;
  /** Fills in the first form with a visible field of that name. */
  fill(page: Visit, field: string, value: string): Promise<Visit>;
  /** Chooses a person by the name that a screen reader announces. */
  choose(page: Visit, label: string): Promise<Visit>;
  cookies: Map<string, string>;
}

/** A browser with a cookie jar. It follows redirects within the emulator and stops at the first address outside. */
export function aBrowser(doors: Doors): Browser {
  const cookies = new Map<string, string>();

  async function visit(url: string, options: { method?: string; body?: URLSearchParams } = {}): Promise<Visit> {
    const target = new URL(url);
    if (target.origin !== doors.http && target.origin !== doors.https) {
      return { status: 0, url, text: '', readable: '', forms: [] };
    }
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await doors.send(target, { ...options, headers: { cookie } });
    keepCookies(cookies, response);
    const location = response.headers.get('location');
    if (location !== null) return visit(new URL(location, target).href);
    return pageOf(target.href, response.status, await response.text());
  }

  const submit = (form: Form, fields: Record<string, string>) => {
    const parameters = new URLSearchParams({ ...form.hidden, ...fields });
    return form.method === 'post'
      ? visit(form.action, { method: 'POST', body: parameters })
      : visit(`${form.action}?${parameters.toString()}`);
  };
  return {
    cookies,
    open: visit,
    submit,
    fill(page, field, value) {
      const form = page.forms.find(({ fields }) => fields.includes(field));
      if (form === undefined) throw new Error(`no field ${field} on: ${page.readable}`);
      return submit(form, { [field]: value });
    },
    choose(page, label) {
      const form = page.forms.find(({ buttons }) => buttons.some((button) => button.label === label));
      const button = form?.buttons.find((candidate) => candidate.label === label);
      if (form === undefined || button === undefined) throw new Error(`no button named ${label} on: ${page.readable}`);
      return submit(form, { [button.name]: button.value });
    },
  };
}

function keepCookies(cookies: Map<string, string>, response: Response): void {
  for (const header of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
    if (header.includes('Max-Age=0')) cookies.delete(name);
    else cookies.set(name, value);
  }
}

function pageOf(url: string, status: number, text: string): Visit {
  const forms = [...text.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = '', content = '']) => ({
    action: new URL(attribute(attributes, 'action'), url).href,
    method: attribute(attributes, 'method'),
    hidden: Object.fromEntries(
      [...content.matchAll(/<input type="hidden"([^>]*)>/g)].map(([, input = '']) => [
        attribute(input, 'name'),
        attribute(input, 'value'),
      ]),
    ),
    fields: [...content.matchAll(/<input([^>]*)>/g)]
      .filter(([, input = '']) => attribute(input, 'type') !== 'hidden')
      .map(([, input = '']) => attribute(input, 'name')),
    buttons: [...content.matchAll(/<button([^>]*)>(.*?)<\/button>/gs)].map(([, button = '', inside = '']) => ({
      name: attribute(button, 'name'),
      value: attribute(button, 'value'),
      label: labelOf(content, attribute(button, 'aria-labelledby'), inside),
    })),
  }));
  return { status, url, text, readable: readableOf(text.replace(/<(style|script)>.*?<\/\1>/gs, '')), forms };
}

function labelOf(content: string, labelledBy: string, inside: string): string {
  const named = labelledBy === '' ? undefined : new RegExp(`id="${labelledBy}">(.*?)<`, 's').exec(content)?.[1];
  return readableOf(named ?? inside);
}

function attribute(attributes: string, name: string): string {
  return resolved(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
}

function readableOf(markup: string): string {
  return resolved(markup.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

function resolved(text: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_entity, name: string) => entities[name] ?? '');
}
