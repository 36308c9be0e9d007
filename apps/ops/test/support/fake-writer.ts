import type { OperatorBus } from '@learnamp/bus';
import { decodeEvent, type LearnerCommand, learnerCommand, topics } from '@learnamp/contracts';
import { commandOutcomeModel } from '@learnamp/learners';
import type { Connection } from 'mongoose';

/** profile-writer as an asker sees it: it notes each command as carried out. */
export interface FakeWriter {
  readonly commands: readonly LearnerCommand[];
  stop(): Promise<void>;
}

export async function startFakeWriter(connection: Connection, bus: OperatorBus): Promise<FakeWriter> {
  const commands: LearnerCommand[] = [];
  await bus.ensureTopics([topics.learnerCommands]);
  const consumer = await bus.consume({
    groupId: 'fake-writer',
    topics: [topics.learnerCommands.name],
    handle: async (records) => {
      for (const record of records) {
        const decoded = decodeEvent([learnerCommand], record);
        if (decoded.ok) await carryOut(connection, decoded.event.data, commands);
      }
      return records.map(() => ({ kind: 'done' }) as const);
    },
  });
  return {
    commands,
    stop: () => consumer.stop(),
  };
}

async function carryOut(connection: Connection, command: LearnerCommand, commands: LearnerCommand[]): Promise<void> {
  commands.push(command);
  const { commandId: _id, organisationId, action } = command;
  const said = { organisationId, kind: action.kind, outcome: 'applied', reason: null, count: 1, at: new Date() };
  await commandOutcomeModel(connection).updateOne({ _id }, { $setOnInsert: said }, { upsert: true });
}
