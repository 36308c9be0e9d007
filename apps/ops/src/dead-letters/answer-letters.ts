import type { OperatorBus } from '@learnamp/bus';
import { operator } from '../audit/operator.ts';
import type { Arguments } from '../command-line/arguments.ts';
import { type Command, type Surroundings, UsageError } from '../command-line/command.ts';
import { progressBar } from '../command-line/progress-bar.ts';
import { Returner } from '../replay/returner.ts';
import { type DeadLetterAnswer, deadLetterAnswerModel } from './answer-model.ts';
import { type Letter, letterFlags, lettersFrom, lettersNamed } from './letters.ts';

const takes = '(DEAD-LETTER … | --all [--topic T] [--organisation O])';
const all = { type: 'boolean', about: 'all that are open, or those of a topic or an organisation' } as const;

export const retryLetters: Command = {
  name: 'dead-letters retry',
  takes,
  about: 'puts records into their topic again, as they were, once whoever refused them can read them',
  flags: { ...letterFlags, all },
  run: async (surroundings, args) => {
    const bus = surroundings.topicKeeper();
    const letters = await openLetters(surroundings, bus, args);
    const { retried, superseded } = await retry(surroundings, bus, letters);
    const left =
      superseded.length === 0
        ? ''
        : `; ${superseded.length} left alone, because the topic has something newer of the same key: discard them`;
    return {
      data: { retried: retried.map(({ id }) => id), superseded: superseded.map(({ id }) => id) },
      text: `${retried.length} retried${left}`,
      exitCode: superseded.length === 0 ? 0 : 1,
    };
  },
};

export const discardLetters: Command = {
  name: 'dead-letters discard',
  takes,
  about: 'marks records as not to be used; their bytes go when they are two weeks old',
  flags: { ...letterFlags, all, yes: { type: 'boolean', about: 'asks nothing' } },
  run: async (surroundings, args) => {
    const letters = await openLetters(surroundings, surroundings.topicReader(), args);
    const agreed =
      args.has('yes') ||
      letters.length === 0 ||
      (await surroundings.confirm(`Discard ${letters.length} dead letters?`));
    if (!agreed) return { data: { discarded: [] }, text: 'nothing was discarded', exitCode: 1 };
    for (const letter of letters) await note(surroundings, letter, 'discarded');
    return { data: { discarded: letters.map(({ id }) => id) }, text: `${letters.length} discarded` };
  },
};

/** The letters that are meant. @throws UsageError where none is named, or one is answered already. */
async function openLetters(
  surroundings: Surroundings,
  reader: ReturnType<Surroundings['topicReader']>,
  args: Arguments,
): Promise<Letter[]> {
  if (args.words.length > 0 === args.has('all')) throw new UsageError('which ones? their ids, or --all');
  if (args.has('all')) {
    return (await lettersFrom(surroundings, reader, args)).filter(({ state }) => state === 'open');
  }
  const letters = await lettersNamed(surroundings, reader, [...new Set(args.words)]);
  const answered = letters.find(({ state }) => state !== 'open');
  if (answered)
    throw new UsageError(`${answered.id} was ${answered.state} by ${answered.answeredBy ?? 'somebody'} already`);
  return letters;
}

async function retry(surroundings: Surroundings, bus: OperatorBus, letters: readonly Letter[]) {
  const bar = progressBar(surroundings, 'retrying', letters.length);
  const returners = new Map<string, Returner>();
  const [retried, superseded]: [Letter[], Letter[]] = [[], []];
  for (const letter of letters) {
    const place = placeOf(letter);
    const returner = returners.get(place) ?? (await returnerOf(bus, letters, letter));
    returners.set(place, returner);
    const left = await returner.put([originalOf(letter)]);
    (left.length === 0 ? retried : superseded).push(letter);
    // Published first: who dies in between has it retried twice, which its consumer bears.
    if (left.length === 0) await note(surroundings, letter, 'retried');
    bar.add();
  }
  bar.end();
  return { retried, superseded };
}

const placeOf = ({ topic, from }: Letter) => `${topic}/${from.partition}`;

/** Knows what is newer than the first of the letters of the same place. */
function returnerOf(bus: OperatorBus, letters: readonly Letter[], letter: Letter): Promise<Returner> {
  const offsets = letters.filter((each) => placeOf(each) === placeOf(letter)).map(({ from }) => BigInt(from.offset));
  const first = offsets.reduce((least, offset) => (offset < least ? offset : least));
  return Returner.open(bus, letter.topic, letter.from.partition, first);
}

/** The record as it was before it was given up. */
function originalOf({ record, from }: Letter) {
  const headers = Object.entries(record.headers).filter(([name]) => !name.startsWith('x-dead-letter-'));
  return { key: record.key, value: record.value, headers: Object.fromEntries(headers), offset: BigInt(from.offset) };
}

async function note({ connection, clock }: Surroundings, letter: Letter, answer: DeadLetterAnswer['answer']) {
  const said = { writtenAt: letter.writtenAt, answer, by: operator().id, at: clock() };
  await deadLetterAnswerModel(connection).updateOne({ _id: letter.id }, { $set: said }, { upsert: true });
}
