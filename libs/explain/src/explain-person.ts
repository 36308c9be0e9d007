import type { OpenSettings } from '@learnamp/organisations';
import { askDirectory, type AskDirectoryDeps } from './ask-directory.ts';
import { explain, type Explanation } from './explain.ts';
import type { Facts } from './facts.ts';
import { gatherFacts } from './gather-facts.ts';

export interface ExplainDeps extends Omit<AskDirectoryDeps, 'publish'> {
  /** How the directory is asked; without it only what is stored is said. */
  readonly publish?: AskDirectoryDeps['publish'];
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

/** Explains a person by what is stored, and by a fresh reading where that says too little. Changes nothing. */
export async function explainPerson(deps: ExplainDeps, question: Question): Promise<Explanation> {
  const { organisation, who, askedBy } = question;
  const { publish } = deps;
  const of = { connection: deps.connection, organisation, who, now: deps.clock() };
  const stored = await gatherFacts({ ...of, inspection: null });
  if (!question.isFresh && !saysTooLittle(stored)) return explain(stored);
  if (!publish || organisation.groupId === null) return explain(stored);
  const inspection = await askDirectory({ ...deps, publish }, { organisationId: organisation.id, who, askedBy });
  return explain(inspection ? await gatherFacts({ ...of, inspection }) : stored);
}

/** Somebody who is no active learner, or whose manager is none: only the directory knows why. */
const saysTooLittle = ({ learner, manager }: Facts) =>
  !learner?.active || (learner.manager !== null && manager?.active !== true);
