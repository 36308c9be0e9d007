import type { CampaignRow, CampaignRun, Measurement } from '../../campaign.ts';
import { modules } from './modules/modules.ts';
import type { Module, PlayedModule, SkippedModule } from './modules/module.ts';
import { play, type Verdict } from './modules/play.ts';
import { onStage, type Stage } from './stage/stage.ts';
import { conformanceVariants } from './modules/variants.ts';

/** So many have to be played. */
const AT_LEAST = 70;

const isPlayed = (module: Module): module is PlayedModule => module.outcome !== 'not applicable';
const isSkipped = (module: Module): module is SkippedModule => module.outcome === 'not applicable';

/** Every module, at the service as it is. */
export function conformance(run: CampaignRun): Promise<Measurement> {
  return onStage(undefined, async (stage) => {
    const verdicts = await playAll(stage, run);
    const wrong = verdicts.filter((verdict) => verdict.wrong.length > 0);
    const skipped = modules.filter(isSkipped);
    return {
      measured: `${wrong.length} of ${verdicts.length} differ; ${skipped.length} not applicable`,
      ok: wrong.length === 0 && verdicts.length >= AT_LEAST,
      notes: [...verdicts.map(lineOf), ...skipped.map(({ name, outcome, why }) => line(outcome, `${name}: ${why}`))],
    };
  });
}

const line = (outcome: string, what: string) => `${outcome.padEnd(14)}  ${what}`;

const lineOf = ({ name, expected, wrong }: Verdict) =>
  wrong.length === 0 ? line(expected, name) : line(`NOT ${expected}`, `${name}: ${wrong.join('; ')}`);

/** One after the other, because some let time pass; but nobody waits for the one that waits for an answer in vain. */
async function playAll(stage: Stage, run: CampaignRun): Promise<Verdict[]> {
  const all = modules.filter(isPlayed);
  const slow = all.filter(({ name }) => name === 'keys that never come').map((module) => play(stage, module));
  const verdicts: Verdict[] = [];
  for (const module of all) {
    if (module.name === 'keys that never come') continue;
    run.progress(module.name);
    verdicts.push(await play(stage, module));
  }
  return [...verdicts, ...(await Promise.all(slow))];
}

/** A service with a mistake: the modules that are about it notice, and the plain sign-in still works. */
export const conformanceCatches =
  (id: string): CampaignRow['measure'] =>
  () =>
    onStage(id, async (stage) => {
      const noticedBy = conformanceVariants.find((variant) => variant.id === id)?.noticedBy ?? [];
      const plain = await play(stage, named('oidcc-client-test'));
      const noticed: Verdict[] = [];
      for (const name of noticedBy) noticed.push(await play(stage, named(name)));
      const missed = noticed.filter(({ wrong }) => wrong.length === 0).map(({ name }) => `${name} noticed nothing`);
      const notes = [...missed, ...plain.wrong.map((what) => `oidcc-client-test: ${what}`)];
      const [first] = noticed;
      const measured = `noticed by ${noticed.length - missed.length} of ${noticed.length}: ${first?.name}: ${first?.wrong[0]}`;
      return { measured, ok: notes.length === 0, notes };
    });

function named(name: string): PlayedModule {
  const found = modules.filter(isPlayed).find((module) => module.name === name);
  if (!found) throw new RangeError(`there is no module ${name}`);
  return found;
}
