import { setTimeout as sleep } from 'node:timers/promises';
import { formatVersion, topics, type UserState } from '@learnamp/contracts';
import { learnerIdOf, learnerModel } from '@learnamp/learners';
import { startKafka } from '@learnamp/testkit';
import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { percentile } from '../../measuring/percentile.ts';
import { aCompany, type Company } from '../stage/company.ts';
import { type SignedIn, signedIn, statusOf } from '../stage/signed-in.ts';
import { onStage, type Stage } from '../stage/stage.ts';
import { startWriter } from '../stage/start-writer.ts';
import { stateOf, stateRecord } from '../stage/states.ts';
import { type LoadTally, startLoad } from '../stage/steady-load.ts';

const LEAVERS = 500;
/** Enough for a p99 that one of them doesn't decide, at any scale. */
const LEAST = 20;
const LEAVERS_FOR_A_MISTAKE = 5;
/** Leavers while Kafka is away. */
const WITHOUT_KAFKA = 50;
const STAYERS = 20;
/** Between two deactivations, and between two looks whether somebody still gets in. */
const APART_MS = 50;
const LOOK_MS = 100;
const P99_MS = 2_000;
const PATIENCE_MS = 10_000;

interface Outcome {
  /** From the event's publication to the first 401, in milliseconds; Infinity for whoever still gets in. */
  readonly latencies: readonly number[];
  /** Requests that were answered although the database had the leaver already, with Kafka away. */
  readonly late: number;
  readonly without: number;
  readonly load: LoadTally;
}

/** People are deactivated while others work: how long until their sessions end, with Kafka there and away. */
export async function leavers(run: CampaignRun): Promise<Measurement> {
  const outcome = await deactivate(undefined, run, Math.max(run.part(LEAVERS), LEAST));
  const { latencies, late, without, load } = outcome;
  const [p99, longest] = [percentile(latencies, 0.99), Math.max(...latencies)];
  return {
    measured:
      `${latencies.length} deactivated beside ${load.sent} requests, ${load.perSecond} a second: first 401 after ${Math.round(percentile(latencies, 0.5))} ms, ` +
      `p99 ${Math.round(p99)} ms, ${Math.round(longest)} ms at most; Kafka away: ${late} of ${without} let in; ` +
      `${load.refused.length} of those who stayed refused`,
    ok: p99 < P99_MS && late === 0 && load.refused.length === 0,
    notes: load.refused.slice(0, 10),
  };
}

export const leaversCatch =
  (variant: string): CampaignRow['measure'] =>
  async (run) => {
    const { latencies, late, load } = await deactivate(variant, run, LEAVERS_FOR_A_MISTAKE);
    const staying = latencies.filter((latency) => latency === Infinity).length;
    const measured = `${staying} of ${latencies.length} still get in after ${PATIENCE_MS / 1000} s`;
    return { measured, ok: staying > 0 && late > 0 && load.refused.length === 0, notes: load.refused.slice(0, 10) };
  };

async function deactivate(variant: string | undefined, run: CampaignRun, count: number): Promise<Outcome> {
  // Of its own: it is killed.
  const kafka = await startKafka({ own: true });
  try {
    const act = (stage: Stage) => onTheBus(stage, run, count, () => kafka.kill());
    return await onStage(variant, act, { brokers: kafka.brokers });
  } finally {
    await kafka.stop();
  }
}

async function onTheBus(
  stage: Stage,
  run: CampaignRun,
  count: number,
  killKafka: () => Promise<void>,
): Promise<Outcome> {
  await stage.bus.ensureTopics(Object.values(topics));
  const writer = await startWriter(stage);
  const company = await aCompany(stage, `leavers-${count}-${Date.now()}`);
  run.progress('signing everybody in');
  const without = Math.min(WITHOUT_KAFKA, count);
  const people = await signedIn(company, STAYERS + count + without);
  const stayers = people.slice(0, STAYERS);
  const load = startLoad(run, () => statusOf(company, stayers[Math.floor(Math.random() * STAYERS)] ?? noOne));
  run.progress(`deactivating ${count}`);
  const latencies = await byEvents(stage, company, people.slice(STAYERS, STAYERS + count));
  await writer.stop();
  await killKafka();
  run.progress(`deactivating ${without} without Kafka`);
  const late = await inTheDatabase(stage, company, people.slice(STAYERS + count));
  return { latencies, late, without, load: await load.stop() };
}

const noOne = { cookie: '' };

/** One after the other, without waiting for the sessions to end. */
async function byEvents({ bus }: Stage, company: Company, leaving: readonly SignedIn[]): Promise<number[]> {
  const watched: Promise<number>[] = [];
  for (const [number, leaver] of leaving.entries()) {
    const published = performance.now();
    await bus.publish([leaverRecord(company, leaver, number)]);
    watched.push(untilRefused(company, leaver, published));
    await sleep(APART_MS);
  }
  return Promise.all(watched);
}

async function untilRefused(company: Company, leaver: SignedIn, since: number): Promise<number> {
  for (;;) {
    const status = await statusOf(company, leaver);
    const waited = performance.now() - since;
    if (status === 401) return waited;
    if (waited > PATIENCE_MS) return Infinity;
    await sleep(LOOK_MS);
  }
}

/** Deactivates people as profile-writer does, and asks at once; says how many were let in. */
async function inTheDatabase({ connection }: Stage, company: Company, leaving: readonly SignedIn[]): Promise<number> {
  let late = 0;
  for (const leaver of leaving) {
    const _id = learnerIdOf(company.id, 'microsoft', leaver.person.oid);
    await learnerModel(connection).updateOne({ _id }, { $set: { active: false }, $inc: { sessionVersion: 1 } });
    if ((await statusOf(company, leaver)) !== 401) late += 1;
  }
  return late;
}

function leaverRecord({ id: organisationId }: Company, { person }: SignedIn, number: number) {
  const state: UserState = {
    ...stateOf(organisationId, person),
    version: formatVersion({ epoch: 2, sequence: number + 1 }),
    active: false,
    removal: { cause: 'left', proof: 'The directory says that they are not in the group.' },
  };
  return stateRecord(state);
}
