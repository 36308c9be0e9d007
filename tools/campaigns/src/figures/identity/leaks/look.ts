import type { Answer } from '@learnamp/testkit';
import type { Canaries } from './canaries.ts';

/** Something that the system let out, and where. */
export interface LetOut {
  readonly where: string;
  readonly text: string;
  /** Canaries that belong there, by what they are. */
  readonly may?: readonly string[];
}

export interface Looked {
  readonly texts: number;
  /** `a password in the log of auth-gateway`. */
  readonly leaks: readonly string[];
}

/** Looks for every canary in everything, in any case of letters, written plainly or as an address writes it. */
export function look(canaries: Canaries, letOut: readonly LetOut[]): Looked {
  const wanted = [...canaries.all()].flatMap(([text, what]) =>
    [...new Set([text, encodeURIComponent(text)])].map((form) => ({ what, form: form.toLowerCase() })),
  );
  const leaks = new Set<string>();
  for (const { where, text, may = [] } of letOut) {
    const lower = text.toLowerCase();
    for (const { what, form } of wanted) {
      if (!may.includes(what) && lower.includes(form))
        leaks.add(`${what} in ${where}: ${around(text, lower.indexOf(form))}`);
    }
  }
  return { texts: letOut.length, leaks: [...leaks] };
}

const around = (text: string, at: number) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 40));

/** The headers of an answer, and its page where that tells of an error. */
export function letOutBy(
  request: string,
  { status, headers, body, location }: Answer,
  may: readonly string[],
): LetOut[] {
  const said = Object.entries(headers).filter(([name]) => name !== 'set-cookie' && name !== 'location');
  const isError = status >= 400;
  return [
    { where: `a header of the answer to ${request}`, text: JSON.stringify(said) },
    // Microsoft's addresses have the tenant in them; whoever goes there gives it to Microsoft.
    { where: `where ${request} leads`, text: location, may: ['tenantId'] },
    ...(isError ? [{ where: `the page that ${request} ends with`, text: body, may: ['typed', ...may] }] : []),
  ];
}
