import { ApiProblem, Unreachable } from '../api/problem.ts';
import { words } from './words.ts';

/** One sentence for whoever pressed a button and was refused. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiProblem && error.message === '') return words.states.refused;
  if (error instanceof ApiProblem) {
    return error.reference === null ? error.message : `${error.message} ${words.states.reference(error.reference)}`;
  }
  return error instanceof Unreachable ? words.states.unreachable.title : words.states.broken.title;
}
