import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { onStage, type Stage } from '../stage/stage.ts';
import { type Attack, attacks, type Scene } from './attacks.ts';
import { aClaimant, administrator, connect, disconnect, outcomeOf, tenantOf, toProof } from './claimant.ts';
import { tenantVariants } from './variants.ts';

const TIMES = 200;

/** Whether a tenant can only be connected by who administers it, and only to one organisation. */
export const tenantClaims: CampaignRow['measure'] = (run) =>
  onStage(undefined, async (stage) => {
    const claims = await attackAll(stage, run);
    const races = await raceAll(stage, run);
    const notes = [...claims.wrong, ...races.wrong];
    const measured = `${claims.wrong.length} of ${claims.count} accepted, ${races.wrong.length} of ${races.count} races went wrong`;
    return {
      measured,
      ok: notes.length === 0,
      notes: notes.length > 0 ? notes : attacks.map(({ name }) => `refused  ${name}`),
    };
  });

interface Tally {
  readonly count: number;
  readonly wrong: readonly string[];
}

async function attackAll(stage: Stage, run: CampaignRun): Promise<Tally> {
  // Each of them at any scale.
  const count = Math.max(attacks.length, run.part(TIMES));
  const [attacker, victim] = await Promise.all([aClaimant(stage), aClaimant(stage)]);
  const wrong: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const attack = attacks[at % attacks.length];
    if (!attack) continue;
    run.progress(`${at} of ${count} attempts`);
    wrong.push(...(await outcomeOfAttack({ stage, attacker, victim }, attack)));
    if (wrong.length > 5) break;
  }
  return { count, wrong };
}

/** What is not as it has to be after an attack: both have no tenant, and each can still connect their own. */
async function outcomeOfAttack(scene: Scene, { name, play }: Attack): Promise<string[]> {
  const { stage, attacker, victim } = scene;
  const failure = await play(scene).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const wrong = failure === undefined ? [] : [`${name}: ${failure}`];
  for (const who of [attacker, victim]) {
    if ((await tenantOf(stage, who)) === undefined) continue;
    wrong.push(`${name}: a tenant is connected`);
    await disconnect(who);
  }
  return wrong;
}

/** Two organisations prove the same tenant and come home at the same moment; then it is let go, and is the other's. */
async function raceAll(stage: Stage, run: CampaignRun): Promise<Tally> {
  const count = run.part(TIMES);
  const wrong: string[] = [];
  const [one, another] = await Promise.all([aClaimant(stage), aClaimant(stage)]);
  const rivals = [one, { ...another, tenantId: one.tenantId }] as const;
  for (let at = 0; at < count && wrong.length <= 5; at += 1) {
    run.progress(`${at} of ${count} races`);
    const arrivals: (() => Promise<string>)[] = [];
    for (const { owner, ...rest } of rivals) {
      const proof = await toProof({ owner, ...rest });
      const { location } = await owner.get(stage.op.authorize(proof, administrator()));
      arrivals.push(async () => outcomeOf((await owner.get(location)).location));
    }
    const outcomes = await Promise.all(arrivals.map((arrive) => arrive()));
    if (outcomes.toSorted().join() !== 'connected,taken') wrong.push(`a race ended ${outcomes.join()}`);
    const loser = rivals[outcomes.indexOf('taken')];
    const winner = rivals[outcomes.indexOf('connected')];
    if (winner) await disconnect(winner);
    if (loser && (await connect(stage, loser)) !== 'connected') wrong.push('a released tenant could not be connected');
    if (loser) await disconnect(loser);
  }
  return { count, wrong };
}

/** A service with a mistake: the attack that is about it notices, and connecting as it is meant still works. */
export const tenantClaimsCatch =
  (id: string): CampaignRow['measure'] =>
  (): Promise<Measurement> =>
    onStage(id, async (stage) => {
      const noticedBy = tenantVariants.find((variant) => variant.id === id)?.noticedBy ?? id;
      const [attacker, victim] = await Promise.all([aClaimant(stage), aClaimant(stage)]);
      const attack = attacks.find(({ name }) => name === noticedBy);
      if (!attack) throw new RangeError(`there is no attack ${noticedBy}`);
      const [noticed] = await outcomeOfAttack({ stage, attacker, victim }, attack);
      const plain = await connect(stage, attacker);
      const notes = plain === 'connected' ? [] : [`connecting as it is meant: ${plain}`];
      return { measured: noticed ?? 'noticed by nothing', ok: noticed !== undefined && notes.length === 0, notes };
    });
