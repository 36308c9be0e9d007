import { sweep } from '../types/sweep.ts';
import type { TypeCheck } from '../types/type-check.ts';

/** Sweeps over the read routes, then prints a row for each type of all that was checked. Returns whether all is well. */
export async function reportTypes(check: TypeCheck, print: (line: string) => void): Promise<boolean> {
  print("Microsoft's property types: asking all read routes");
  const silent = await sweep((answer) => check.check(answer));
  const rows = check.rows();
  for (const { type, answers, objects, problems } of rows) {
    print(`${type.padEnd(16)}  ${answers} answers, ${objects} objects checked, ${problems.length} problems`);
    for (const problem of problems) print(`  ${problem}`);
  }
  for (const route of silent) print(`${route} did not answer`);
  return silent.length === 0 && rows.every(({ problems }) => problems.length === 0);
}
