import type { DirectoryPerson, Evaluated } from '@learnamp/directory';
import { type ExpressionProcess, startExpressionProcess } from './expression-process.ts';
import type { Answer } from './expression-program.ts';

/** Evaluates expressions apart from us, so that none can hold us up or take our memory. */
export interface ExpressionEvaluator {
  /** What the expression comes to for each person, in order. Whatever the expression is, this doesn't reject for it. */
  evaluate(expression: string, people: readonly DirectoryPerson[]): Promise<readonly Evaluated[]>;
  stop(): void;
}

export interface EvaluatorLimits {
  /** Of one evaluation, in milliseconds. */
  readonly timeMs: number;
  /** Of the evaluating process's heap, in megabytes. */
  readonly memoryMb: number;
}

export const evaluatorLimits: EvaluatorLimits = { timeMs: 200, memoryMb: 64 };

// One message each, so that thousands of people cost little; together they have the time of one.
const PEOPLE_A_QUESTION = 50;

// One person's odd value stops nobody else's; an expression that is bad for this many isn't tried on the rest.
const MOST_ENDED = 10;

// As many processes as are kept while nothing is to be evaluated.
const MOST_IDLE = 1;

export function createExpressionEvaluator(limits: EvaluatorLimits = evaluatorLimits): ExpressionEvaluator {
  const idle: ExpressionProcess[] = [];
  let stopped = false;

  const ask = async (expression: string, people: readonly DirectoryPerson[]) => {
    const process = idle.pop() ?? (await startExpressionProcess(limits.memoryMb));
    const question = { expression, people: people.map(({ properties }) => properties) };
    const answers = await process.ask(question, limits.timeMs);
    if (typeof answers === 'string') return answers;
    if (stopped || idle.length >= MOST_IDLE) process.stop();
    else idle.push(process);
    return answers;
  };
  const evaluateSome = async (
    expression: string,
    people: readonly DirectoryPerson[],
    trial: { ended: number },
  ): Promise<Evaluated[]> => {
    const answers = trial.ended < MOST_ENDED ? await ask(expression, people) : 'given up';
    if (typeof answers !== 'string') return answers.map(evaluatedOf);
    if (people.length === 1 || answers === 'given up') {
      trial.ended += 1;
      return people.map(() => failed(answers, limits));
    }
    // Somebody of these made it end: each by themselves, so that it is known who.
    const each: Evaluated[] = [];
    for (const person of people) each.push(...(await evaluateSome(expression, [person], trial)));
    return each;
  };
  const evaluate = async (expression: string, people: readonly DirectoryPerson[]) => {
    const trial = { ended: 0 };
    const evaluated: Evaluated[] = [];
    for (let start = 0; start < people.length; start += PEOPLE_A_QUESTION) {
      evaluated.push(...(await evaluateSome(expression, people.slice(start, start + PEOPLE_A_QUESTION), trial)));
    }
    return evaluated;
  };
  return {
    evaluate,
    stop: () => {
      stopped = true;
      for (const process of idle.splice(0)) process.stop();
    },
  };
}

function evaluatedOf(answer: Answer | undefined): Evaluated {
  if (!answer) return { kind: 'failed', reason: 'the expression was not answered' };
  return 'failed' in answer
    ? { kind: 'failed', reason: answer.failed }
    : { kind: 'value', value: answer.value ?? null };
}

function failed(why: 'too long' | 'ended' | 'given up', { timeMs, memoryMb }: EvaluatorLimits): Evaluated {
  const reasons = {
    'too long': `the expression took longer than ${timeMs} ms and was ended`,
    ended: `the expression ended its process, as taking more than ${memoryMb} MB of memory does`,
    'given up': `the expression was ended for ${MOST_ENDED} people and not tried on others`,
  };
  return { kind: 'failed', reason: reasons[why] };
}
