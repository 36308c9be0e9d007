import type { Bus } from '@learnamp/bus';
import { encodeEvent, syncRequest } from '@learnamp/contracts';
import type { OpenSettings } from '@learnamp/organisations';
import { type Inspection, inspectionModel } from '@learnamp/sync-state';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { explain, type Explanation } from './explain.ts';
import type { Facts } from './facts.ts';
import { gatherFacts } from './gather-facts.ts';

export interface ExplainDeps {
  readonly connection: Connection;
  /** How the directory is asked; without it only what is stored is said. */
  readonly publish?: (records: Parameters<Bus['publish']>[0]) => Promise<void>;
  readonly clock: () => Date;
  /** How long to wait for the directory's answer, in milliseconds. */
  readonly withinMs: number;
}

export interface Question {
  readonly organisation: OpenSettings;
  /** An object id, a user principal name or an address. */
  readonly who: string;
  /** Who asks: a learner id, or the name of a command. */
  readonly askedBy: string;
  /** Asks the directory in any case; otherwise only where what is stored can't name the cause. */
  readonly isFresh?: boolean;
}

const POLL_MS = 50;

/** Explains a person by what is stored, and by a fresh reading where that says too little. Changes nothing. */
export async function explainPerson(deps: ExplainDeps, question: Question): Promise<Explanation> {
  const { organisation, who } = question;
  const of = { connection: deps.connection, organisation, who, now: deps.clock() };
  const stored = await gatherFacts({ ...of, inspection: null });
  if (!question.isFresh && !saysTooLittle(stored)) return explain(stored);
  const inspection = await askDirectory(deps, question);
  return explain(inspection ? await gatherFacts({ ...of, inspection }) : stored);
}

/** Somebody who is no active learner, or whose manager is none: only the directory knows why. */
const saysTooLittle = ({ learner, manager }: Facts) =>
  !learner?.active || (learner.manager !== null && manager?.active !== true);

async function askDirectory(
  { connection, publish, clock, withinMs }: ExplainDeps,
  { organisation, who, askedBy }: Question,
): Promise<Inspection | null> {
  if (!publish || organisation.groupId === null) return null;
  const requestId = randomUUID();
  const organisationId = organisation.id;
  const request = { requestId, organisationId, mode: 'inspect', lookUp: who, requestedBy: askedBy } as const;
  await publish([
    encodeEvent(syncRequest, request, { organisationId, key: organisationId, source: 'explain', time: clock() }),
  ]);
  const until = performance.now() + withinMs;
  for (;;) {
    const found = await inspectionModel(connection).findById(requestId).lean<Inspection>();
    if (found || performance.now() > until) return found;
    await delay(POLL_MS);
  }
}
