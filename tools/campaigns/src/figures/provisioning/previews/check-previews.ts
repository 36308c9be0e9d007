import { outcomeRowModel } from '@learnamp/learners';
import type { Place } from '../histories/run-history.ts';
import { PreviewCompany } from './preview-company.ts';
import { doneByFull, toldByPreview } from './told.ts';
import { changesBetween, whatIsKept } from './what-is-kept.ts';

export interface PreviewsTally {
  readonly previews: number;
  readonly rows: number;
  /** Every outcome that any of them had. */
  readonly outcomes: readonly string[];
  readonly failures: readonly { readonly seed: number; readonly differences: readonly string[] }[];
}

export interface CheckPreviewsOptions {
  readonly seed: number;
  readonly count: number;
  /** How many failures end the check. */
  readonly failures: number;
}

/** Previews a full run of one company after the other, lets it happen, and compares. */
export async function checkPreviews(
  place: Place,
  { seed: first, count, failures: most }: CheckPreviewsOptions,
  onPreview: (number: number) => void,
): Promise<PreviewsTally> {
  const outcomes = new Set<string>();
  const failures: { seed: number; differences: readonly string[] }[] = [];
  let [previews, rows] = [0, 0];
  while (previews < count && failures.length < most) {
    onPreview(previews);
    const seed = (first + previews) % 2 ** 31;
    previews += 1;
    const company = await PreviewCompany.open(place, seed);
    const differences = await differencesOf(company);
    if (differences.length > 0) failures.push({ seed, differences });
    const told = await outcomeRowModel(place.connection)
      .find({ planned: { $exists: true } }, 'outcome')
      .lean();
    for (const { outcome } of told) outcomes.add(outcome);
    rows += told.length;
    company.world.close();
  }
  return { previews, rows, outcomes: [...outcomes].sort(), failures };
}

/** A company that comes to no end is one that went wrong. */
async function differencesOf(company: PreviewCompany): Promise<string[]> {
  try {
    return await compare(company);
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

async function compare(company: PreviewCompany): Promise<string[]> {
  const { world } = company;
  const before = await whatIsKept(world.connection, '');
  const preview = await company.run('preview');
  const changes = changesBetween(before, await whatIsKept(world.connection, preview));
  const told = await toldByPreview(world, preview);
  const done = await doneByFull(world, await company.run('full'));
  return [
    ...changes,
    ...told.filter((line) => !done.includes(line)).map((line) => `only the preview says: ${line}`),
    ...done.filter((line) => !told.includes(line)).map((line) => `the preview does not say: ${line}`),
  ];
}
