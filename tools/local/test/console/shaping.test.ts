import { expect, it, jest } from '@jest/globals';
import { runModel, teamModel } from '@learnamp/learners';
import { eventually } from '../system/eventually.ts';
import { aCompany } from './a-company.ts';
import { goTo } from './console-window.ts';

// Each journey is walked by the keyboard alone, on a busy machine.
jest.setTimeout(180_000);

const company = aCompany();

it('a mapping is tried on a person, stored, previewed, and applied by the next full sync', async () => {
  const { system, watched, window } = company;
  const { page } = window;
  const someone = (await watched.activeUpns())[0] ?? '';
  const before = await watched.learner(someone);

  await goTo(page, system.homeUrl, '/mapping', 'Field mapping');
  await page.getByLabel('Field for a new rule').selectOption('jobTitle');
  await page.getByRole('button', { name: 'Add a rule' }).press('Enter');
  await page.getByLabel('Source of Job title').fill('department');
  await page.getByLabel('User principal name or Object ID').fill(someone);
  await page.getByRole('button', { name: 'Try it' }).press('Enter');
  await page.getByRole('table', { name: /What it makes of/u }).waitFor();
  await page.getByRole('button', { name: 'Save the mapping' }).press('Enter');
  await page.getByText('The mapping is stored.').waitFor();
  expect((await watched.learner(someone))?.fields.jobTitle).toBe(before?.fields.jobTitle);

  await page.getByRole('button', { name: 'Preview what it changes' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Preview in detail' }).waitFor({ timeout: 30_000 });
  await page.getByText('This is a preview: none of it has happened.').waitFor();
  await page.getByText('Job title').first().waitFor({ timeout: 60_000 });

  await goTo(page, system.homeUrl, '', 'Overview');
  await page.getByRole('button', { name: 'Sync everything' }).press('Enter');
  await eventually(
    () => `the job title is the department\n${system.diagnose()}`,
    async () => {
      const learner = await watched.learner(someone);
      return learner?.fields.jobTitle === learner?.fields.department ? true : undefined;
    },
    60_000,
  );
});

it('a team that was put below another one by hand stays there through a full sync', async () => {
  const { system, watched, window } = company;
  const { page } = window;
  const teams = teamModel(watched.connection);

  await goTo(page, system.homeUrl, '/teams', 'Teams');
  await page.getByRole('button', { name: 'Move to…: Sales' }).press('Enter');
  await page.getByRole('combobox', { name: 'Below' }).selectOption({ label: 'Marketing' });
  await page.getByRole('button', { name: 'Move', exact: true }).press('Enter');
  await page.getByText('Sales is below Marketing.').waitFor();
  const moved = await teams.findOne({ name: 'Sales' }).lean().orFail();
  const above = await teams.findOne({ name: 'Marketing' }).lean().orFail();
  expect(moved.parentId).toBe(above._id);

  await goTo(page, system.homeUrl, '', 'Overview');
  const startedAt = new Date();
  await page.getByRole('button', { name: 'Sync everything' }).press('Enter');
  await eventually(
    () => `a full sync comes to its end\n${system.diagnose()}`,
    async () =>
      (await runModel(watched.connection).exists({
        mode: 'full',
        stage: 'finished',
        finishedAt: { $ne: null },
        startedAt: { $gt: startedAt },
      })) ?? undefined,
    60_000,
  );
  expect((await teams.findOne({ name: 'Sales' }).lean().orFail()).parentId).toBe(above._id);
  await goTo(page, system.homeUrl, '/teams', 'Teams');
  await page.getByRole('row', { name: /Sales/u }).waitFor();
});
