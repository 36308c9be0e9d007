/** A statement of the digest of facts. */
export interface DigestLine {
  /** The section and the how manieth bullet below its heading: `1.1/3`, `4/12`. Nested bullets count too. */
  readonly line: string;
  readonly text: string;
}

/** A section of the digest, `1.1` or `4`, with its bullets. */
export interface DigestSection {
  readonly number: string;
  readonly title: string;
  readonly lines: readonly DigestLine[];
}

/** The sections that facts are about; what comes after them is not confirmed. */
const LAST_SECTION = 8;

/** Reads the numbered sections of a digest. Headings without bullets are left out. */
export function digestSections(markdown: string): DigestSection[] {
  const sections: { number: string; title: string; lines: DigestLine[] }[] = [];
  for (const text of markdown.split(/\r?\n/)) {
    const [, number, title = ''] = /^#{2,3} (\d+(?:\.\d+)?)\.? (.*)$/.exec(text) ?? [];
    if (number !== undefined) sections.push({ number, title, lines: [] });
    const section = sections.at(-1);
    const [, bullet] = /^\s*- (.*)$/.exec(text) ?? [];
    if (section === undefined || bullet === undefined) continue;
    section.lines.push({ line: `${section.number}/${section.lines.length + 1}`, text: bullet });
  }
  return sections.filter(({ number, lines }) => lines.length > 0 && Number.parseInt(number, 10) <= LAST_SECTION);
}
