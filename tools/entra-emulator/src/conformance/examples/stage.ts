import type { JsonObject } from '../../json.ts';
import type { FactAnswer } from '../fact.ts';
import { openFactWorld, type FactWorld, type FactWorldOptions } from '../fact-world.ts';
import { openReceiver, type Receiver } from '../receiver.ts';
import { shown } from './form.ts';

/** An answer, and what it was an answer to. */
export interface RecordedAnswer {
  readonly request: string;
  readonly answer: FactAnswer;
}

/** Where a scenario is played: emulators and endpoints that are closed at its end. */
export interface Stage {
  open(options: FactWorldOptions): Promise<FactWorld>;
  receiver(world: FactWorld): Promise<Receiver>;
}

/** Plays something. Whatever Graph answers meanwhile is recorded. */
export async function onStage<Result>(
  record: (answer: RecordedAnswer) => void,
  play: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const open: { close(): Promise<void> }[] = [];
  const keep = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    open.push(part);
    return part;
  };
  try {
    return await play({
      open: async (options) => recorded(keep(await openFactWorld(options)), record),
      receiver: async (world) => keep(await openReceiver(world)),
    });
  } finally {
    await Promise.all(open.map((part) => part.close()));
  }
}

/** The body of an answer; any other status than this is a difference by itself. */
export async function bodyOf(asked: Promise<FactAnswer>, status = 200): Promise<JsonObject> {
  const answer = await asked;
  if (answer.status === status) return answer.body as JsonObject;
  throw new Error(`status ${answer.status}, not ${status}: ${shown(answer.body)}`);
}

function recorded(world: FactWorld, record: (answer: RecordedAnswer) => void): FactWorld {
  return {
    ...world,
    async call(method, address, request) {
      const answer = await world.call(method, address, request);
      record({ request: `${method} ${address}`, answer });
      return answer;
    },
  };
}
