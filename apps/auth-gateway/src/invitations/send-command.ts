import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '@learnamp/bus';
import { encodeEvent, type LearnerCommand, learnerCommand, learnerCommandKey } from '@learnamp/contracts';
import type { CommandOutcomeDocument } from '@learnamp/learners';
import type { FastifyReply } from 'fastify';
import type { Model } from 'mongoose';
import Type, { type Static } from 'typebox';

export interface SendCommandDeps {
  readonly bus: Pick<Bus, 'publish'>;
  readonly commandOutcomes: Model<CommandOutcomeDocument>;
  readonly clock: () => Date;
}

/** `outcome` is absent when nobody has carried the command out yet; somebody will. */
export const GivenCommand = Type.Object({
  commandId: Type.String(),
  outcome: Type.Optional(
    Type.Object({
      outcome: Type.Union([Type.Literal('applied'), Type.Literal('refused')]),
      reason: Type.Union([Type.String(), Type.Null()]),
      count: Type.Integer(),
    }),
  ),
});
export type GivenCommand = Static<typeof GivenCommand>;

/** 202 while nobody has carried it out. */
export const answerGiven = (reply: FastifyReply, given: GivenCommand): FastifyReply =>
  reply.code(given.outcome ? 200 : 202).send(given);

export type WantedCommand = Omit<LearnerCommand, 'commandId'>;

const PATIENCE_MS = 2_000;
const POLL_MS = 50;

/** Hands a command to profile-writer. Once this resolves, it is durable. */
export async function giveCommand({ bus, clock }: Omit<SendCommandDeps, 'commandOutcomes'>, wanted: WantedCommand) {
  const { organisationId } = wanted;
  const command: LearnerCommand = { ...wanted, commandId: randomUUID() };
  const about = { organisationId, key: learnerCommandKey(command), source: 'auth-gateway', time: clock() };
  await bus.publish([encodeEvent(learnerCommand, command, about)]);
  return command.commandId;
}

/** The same, and waits a little for what it comes to. */
export async function sendCommand(deps: SendCommandDeps, wanted: WantedCommand): Promise<GivenCommand> {
  const commandId = await giveCommand(deps, wanted);
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await deps.commandOutcomes
      .findOne({ _id: commandId, organisationId: wanted.organisationId }, 'outcome reason count')
      .lean();
    if (found) return { commandId, outcome: { outcome: found.outcome, reason: found.reason, count: found.count } };
    if (performance.now() > deadline) return { commandId };
    await delay(POLL_MS);
  }
}
