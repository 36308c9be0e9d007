import type { OperatorBus } from '@learnamp/bus';
import type { Topic } from '@learnamp/contracts';

/** A consumer of a topic. */
export const startReader = (bus: OperatorBus, topic: Topic) => startPickyReader(bus, topic, true);

/** A consumer of a topic that gives up on records until it is told how to read them. */
export async function startPickyReader(bus: OperatorBus, topic: Topic, isMended = false) {
  const read: string[] = [];
  const consumer = await bus.consume({
    groupId: topic.consumerGroup,
    topics: [topic.name],
    handle: (records) => {
      if (isMended) read.push(...records.map(({ key }) => key?.toString() ?? ''));
      const gaveUp = { kind: 'dead-letter', reason: 'not understood' } as const;
      return Promise.resolve(records.map(() => (isMended ? ({ kind: 'done' } as const) : gaveUp)));
    },
  });
  return {
    /** Keys of what it could use. */
    read,
    mend: () => {
      isMended = true;
    },
    stop: () => consumer.stop(),
  };
}

/** Waits for a fact, for half a minute at the most. */
export async function until(fact: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`never came true: ${fact}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
