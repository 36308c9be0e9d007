import { setTimeout as sleep } from 'node:timers/promises';
import { learnerModel } from '@learnamp/learners';
import { type Browser, createBrowser } from '@learnamp/testkit';
import type { CampaignRun, Measurement } from '../../../campaign.ts';
import { aCompany, type Company } from '../stage/company.ts';
import { onStage, type Stage } from '../stage/stage.ts';
import { startWriter } from '../stage/start-writer.ts';

const ROWS = 20_000;
const SECONDS = 300;

/** One row in so many has no address that is one. */
const BAD_EVERY = 50;

const isBad = (row: number) => row % BAD_EVERY === 7;
const addressOf = (row: number) => `listed-${row}@people.example`;

/** As a spreadsheet writes it. Line 2 is row 0. */
function listOf(rows: number): Buffer {
  const lines = Array.from({ length: rows }, (_, row) => {
    const email = isBad(row) ? 'no address' : addressOf(row);
    return `${email};"First; ${row}";Department ${row % 40};2026-01-${String((row % 28) + 1).padStart(2, '0')}`;
  });
  return Buffer.from(`\uFEFF${['Email;First name;Department;Start date', ...lines].join('\r\n')}`);
}

interface View {
  readonly id: string;
  readonly state: string;
  readonly progress: { readonly done: number; readonly total: number; readonly applied: number };
}

/** Imports a list of people by the API, with profile-writer behind it, and compares everybody with their row. */
export function importList(run: CampaignRun): Promise<Measurement> {
  return onStage(undefined, async (stage) => {
    const writer = await startWriter(stage);
    try {
      return await measure(run, stage);
    } finally {
      await writer.stop();
    }
  });
}

async function measure(run: CampaignRun, stage: Stage): Promise<Measurement> {
  const rows = run.part(ROWS);
  const company = await aCompany(stage, 'listed');
  const owner = createBrowser();
  await company.signIn(owner, { ...(await company.learner('Owner')) });
  const started = performance.now();
  const { id } = await ask(owner.postFile(`${company.home}/api/imports`, listOf(rows)));
  await ask(owner.postJson(`${company.home}/api/imports/${id}/start`, {}));
  const seen = await follow(run, company, owner, id);
  const seconds = (performance.now() - started) / 1000;
  const bad = Array.from({ length: rows }, (_, row) => row).filter(isBad);
  const wrong = [...(await wrongPeople(stage, company, rows)), ...(await wrongProblems(company, owner, id, bad))];
  const grows =
    seen.every((done, index) => done >= (seen[index - 1] ?? 0)) && seen.some((done) => done < rows - bad.length);
  return {
    measured: `${rows} rows, ${bad.length} bad, in ${seconds.toFixed(1)} s; ${wrong.length} differ; progress read ${seen.length} times`,
    ok: wrong.length === 0 && grows && seconds < SECONDS,
    notes: wrong.slice(0, 10),
  };
}

async function ask(answer: ReturnType<Browser['get']>): Promise<View> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`answered ${status}: ${body}`);
  return JSON.parse(body) as View;
}

/** How many rows had an outcome, each time it was asked. */
async function follow(run: CampaignRun, { home }: Company, owner: Browser, id: string): Promise<number[]> {
  const seen: number[] = [];
  for (;;) {
    const { state, progress } = await ask(owner.get(`${home}/api/imports/${id}`));
    seen.push(progress.done);
    run.progress(`list: ${progress.done} of ${progress.total}`);
    if (state === 'finished') return seen;
    await sleep(100);
  }
}

/** Each good row is a learner as it says, and there is nobody else. */
async function wrongPeople({ connection }: Stage, { id: organisationId }: Company, rows: number): Promise<string[]> {
  const found = await learnerModel(connection)
    .find({ organisationId, 'sources.manual': { $exists: true } })
    .lean();
  const byEmail = new Map(found.map((learner) => [learner.fields.email, learner]));
  const wrong = Array.from({ length: rows }, (_, row) => row).filter((row) => {
    const learner = byEmail.get(addressOf(row));
    if (isBad(row)) return learner !== undefined;
    const { firstName, department } = learner?.fields ?? {};
    return !learner?.active || firstName !== `First; ${row}` || department !== `Department ${row % 40}`;
  });
  const good = Array.from({ length: rows }, (_, row) => row).filter((row) => !isBad(row)).length;
  return [
    ...wrong.map((row) => `row ${row} is not as the list says`),
    ...(found.length === good ? [] : [`${found.length} people for ${good} good rows`]),
  ];
}

/** Each bad row is told by its line, and no other is. */
async function wrongProblems({ home }: Company, owner: Browser, id: string, bad: readonly number[]): Promise<string[]> {
  const lines: number[] = [];
  for (;;) {
    const { body } = await owner.get(`${home}/api/imports/${id}/problems?after=${lines.at(-1) ?? 0}`);
    const { problems, moreProblems } = JSON.parse(body) as { problems: { line: number }[]; moreProblems: boolean };
    lines.push(...problems.map(({ line }) => line));
    if (!moreProblems) break;
  }
  const expected = bad.map((row) => row + 2).join();
  return lines.join() === expected ? [] : [`bad rows are told as lines ${lines.slice(0, 20).join()}`];
}
