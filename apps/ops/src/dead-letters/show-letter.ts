import { type Command, UsageError } from '../command-line/command.ts';
import { table } from '../command-line/table.ts';
import { shownRecord } from '../topics/shown-record.ts';
import { lettersNamed } from './letters.ts';
import { factsOf } from './list-letters.ts';

const LONGEST = 4000;

export const showLetter: Command = {
  name: 'dead-letters show',
  takes: 'DEAD-LETTER',
  about: 'all that is known of one, and what is in it, which may be data of people',
  flags: {},
  run: async (surroundings, args) => {
    const [id, more] = args.words;
    if (id === undefined || more !== undefined) throw new UsageError('which one? dead-letters list shows their ids');
    const [letter] = await lettersNamed(surroundings, surroundings.topicReader(), [id]);
    if (!letter) throw new UsageError(`there is no dead letter ${id}`);
    const { record, from } = letter;
    const event = shownRecord(record);
    const headers = Object.fromEntries(
      Object.entries(record.headers)
        .filter(([name]) => !name.startsWith('x-dead-letter-'))
        .map(([name, value]) => [name, value.toString()]),
    );
    const bytes = record.value?.toString('base64') ?? null;
    const facts = [
      ['dead letter', letter.id],
      ['since', letter.writtenAt.toISOString()],
      ['state', letter.answeredBy === null ? letter.state : `${letter.state} by ${letter.answeredBy}`],
      ['reason', letter.reason],
      ...(letter.error === '' ? [] : [['error', letter.error]]),
      ['refused by', `${letter.group}, at attempt ${letter.attempts}`],
      ['came from', `${letter.topic}/${from.partition}/${from.offset}, published ${from.at}`],
      ['key', letter.key ?? '(no key)'],
      ...Object.entries(headers).map(([name, value]) => [name, value]),
      ['read now', event.problem ?? 'it can be read'],
    ];
    const text = record.value?.toString() ?? '(no value)';
    const value = text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
    return { data: { ...factsOf(letter), headers, base64: bytes, event }, text: `${table(facts)}\n\n${value}` };
  },
};
