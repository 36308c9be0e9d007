import { coverage, type SectionCoverage } from '../digest/coverage.ts';
import { digestSections } from '../digest/digest-lines.ts';
import { runFacts } from '../digest/run-facts.ts';
import type { FactGroup, LineWithoutFact } from '../fact.ts';

/** Prints how much of a digest is stated as facts, and which facts don't hold. Returns whether all is well. */
export async function reportDigest(
  markdown: string,
  groups: readonly FactGroup[],
  without: readonly LineWithoutFact[],
  print: (line: string) => void,
): Promise<boolean> {
  const { sections, unknown } = coverage(digestSections(markdown), groups, without);
  for (const section of sections) printSection(section, print);
  for (const reference of unknown) print(`there is no line ${reference}`);
  const hold = await reportFacts(groups, print);
  return hold && unknown.length === 0 && sections.length > 0 && sections.every(({ open }) => open.length === 0);
}

function printSection({ section, withFact, withoutFact, open }: SectionCoverage, print: (line: string) => void): void {
  const { number, title, lines } = section;
  const counts = `${lines.length} lines: ${withFact} with a fact, ${withoutFact.length} without one for a reason, ${open.length} open`;
  print(`${number.padEnd(4)} ${title.padEnd(44)}  ${counts}`);
  for (const { line, why } of withoutFact) print(`  ${line} has no fact: ${why}`);
  for (const { line, text } of open) print(`  ${line} is open: ${text.slice(0, 100)}`);
}

async function reportFacts(groups: readonly FactGroup[], print: (line: string) => void): Promise<boolean> {
  let [held, failed] = [0, 0];
  for (const group of groups) {
    const { title, count, failures } = await runFacts(group);
    print(`facts about ${title}: ${count - failures.length} of ${count} hold`);
    for (const { says, differences } of failures) print(`  ${says}: ${differences.join('; ')}`);
    held += count - failures.length;
    failed += failures.length;
  }
  print(`${held + failed} facts: ${held} hold, ${failed} fail`);
  return failed === 0;
}
