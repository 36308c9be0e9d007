/**
 * The program of the process that evaluates expressions. It has no secrets and no environment, and it is ended from
 * outside when it takes too long or too much memory. It answers each question with one list of answers, in order.
 */
import jsonata from 'jsonata';

/** One expression, to be evaluated over the properties of each person. */
export interface Question {
  readonly expression: string;
  readonly people: readonly object[];
}

/** A value that JSON can carry, or why there is none. */
export type Answer = { readonly value: unknown } | { readonly failed: string };

// What ends by itself needs no new process. Neither stops a regular expression, nor one large allocation.
const limits = { stack: 500, sequence: 100_000 };

// No field is longer, so what is longer need not travel.
const LONGEST_TEXT = 4096;

async function answer({ expression, people }: Question): Promise<Answer[]> {
  const compiled = jsonata(expression, limits);
  const answers: Answer[] = [];
  for (const person of people) {
    try {
      answers.push(carried(await compiled.evaluate(withoutNulls(person))));
    } catch (error) {
      // The message may quote the person's data; the code doesn't.
      answers.push({ failed: `the expression failed (${codeOf(error)})` });
    }
  }
  return answers;
}

/** Null means that the directory says nothing, and JSONata would make the word "null" of it where texts are joined. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const said = Object.entries(value).filter(([, part]) => part !== null);
  return Object.fromEntries(said.map(([name, part]) => [name, withoutNulls(part)]));
}

/** Functions and objects are no text whatever they hold, and JSON would make nothing of them, or of an endless number. */
function carried(value: unknown): Answer {
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  if (!parts.every(isPlain)) return { failed: 'the value is no text' };
  const length = parts.reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);
  return length > LONGEST_TEXT ? { failed: `the value is longer than ${LONGEST_TEXT} characters` } : { value };
}

const isPlain = (part: unknown) =>
  part === null || ['undefined', 'string', 'boolean'].includes(typeof part) || Number.isFinite(part);

const codeOf = (error: unknown) => {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'no code';
};

const say = (message: unknown) => process.send?.(message);

process.on('message', (question: Question) => {
  answer(question).then(say, (error: unknown) => {
    const failed = `the expression failed (${codeOf(error)})`;
    say(question.people.map(() => ({ failed })));
  });
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit());
say('ready');
