import { checkExample, exampleFiles, type ExampleRow, type Verdict } from '../examples/check-examples.ts';
import type { ForeignExample, Scenario } from '../examples/scenario.ts';
import type { RecordedAnswer } from '../examples/stage.ts';

/** More examples than these may not be foreign to the directory and to the identity platform. */
const MAX_FOREIGN = 10;

/** Prints a row for each file of the folder as soon as it is known. Returns whether all is well. */
export async function reportExamples(
  folder: string,
  scenarios: readonly (Scenario | ForeignExample)[],
  record: (answer: RecordedAnswer) => void,
  print: (line: string) => void,
): Promise<boolean> {
  const files = await exampleFiles(folder);
  const width = Math.max(0, ...files.map((file) => file.length));
  const counts: Record<Verdict, number> = { agrees: 0, differs: 0, 'not a directory or identity answer': 0 };
  for (const file of files) {
    const row = await checkExample(folder, file, scenarios, record);
    counts[row.verdict] += 1;
    print(lineOf(row, width));
  }
  const foreign = counts['not a directory or identity answer'];
  print(
    `${files.length} examples: ${counts.agrees} agree, ${counts.differs} differ, ${foreign} not of directory or identity`,
  );
  if (files.length === 0) print('there is no example to agree with');
  if (foreign > MAX_FOREIGN) print(`no more than ${MAX_FOREIGN} may be left out`);
  return files.length > 0 && counts.differs === 0 && foreign <= MAX_FOREIGN;
}

function lineOf({ file, verdict, reasons }: ExampleRow, width: number): string {
  const why = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  return `${file.padEnd(width)}  ${verdict}${why}`;
}
