import type { FactGroup, LineWithoutFact } from '../fact.ts';
import type { DigestLine, DigestSection } from './digest-lines.ts';

/** How much of a section is stated as facts. */
export interface SectionCoverage {
  readonly section: DigestSection;
  readonly withFact: number;
  /** Lines that are said to have none, and why. */
  readonly withoutFact: readonly LineWithoutFact[];
  /** Lines that nothing is said about. */
  readonly open: readonly DigestLine[];
}

/** The coverage of a digest, section by section, and what the table says about lines that the digest does not have. */
export interface Coverage {
  readonly sections: readonly SectionCoverage[];
  readonly unknown: readonly string[];
}

/** Compares the digest with the table of facts. */
export function coverage(
  sections: readonly DigestSection[],
  groups: readonly Pick<FactGroup, 'title' | 'facts'>[],
  without: readonly LineWithoutFact[],
): Coverage {
  const stated = new Set(groups.flatMap(({ facts }) => facts.flatMap(({ lines }) => lines)));
  const excused = new Map(without.map((excuse) => [excuse.line, excuse]));
  const known = new Set(sections.flatMap(({ lines }) => lines.map(({ line }) => line)));
  return {
    sections: sections.map((section) => ({
      section,
      withFact: section.lines.filter(({ line }) => stated.has(line)).length,
      withoutFact: section.lines.flatMap(({ line }) => (stated.has(line) ? [] : (excused.get(line) ?? []))),
      open: section.lines.filter(({ line }) => !stated.has(line) && !excused.has(line)),
    })),
    unknown: [
      ...groups.flatMap(({ title, facts }) =>
        facts.flatMap(({ says, lines }) =>
          lines.filter((line) => !known.has(line)).map((line) => `${line} of "${says}" (${title})`),
        ),
      ),
      ...[...excused.keys()].filter((line) => !known.has(line)).map((line) => `${line} of the lines without a fact`),
    ],
  };
}
