import { type ExplainDeps, explainPerson, explanationLines } from '@learnamp/explain';
import { type Command, type Surroundings, UsageError } from '../command-line/command.ts';
import { table } from '../command-line/table.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';

const PATIENCE_MS = 15_000;

export const explainCommand: Command = {
  name: 'explain',
  takes: '--organisation O PERSON [--fresh | --stored]',
  about:
    'why a person is, or is not, as expected: PERSON is an Object ID, a user principal name or an address; reads only',
  flags: {
    ...organisationFlag,
    fresh: { type: 'boolean', about: 'asks the directory in any case, not only where what is stored says too little' },
    stored: { type: 'boolean', about: 'says what is stored, and asks nobody' },
  },
  run: async (surroundings, args) => {
    const [who, more] = args.words;
    if (who === undefined || more !== undefined) {
      throw new UsageError('whom? one Object ID, user principal name or address');
    }
    const isFresh = args.has('fresh');
    if (isFresh && args.has('stored')) throw new UsageError('--fresh and --stored exclude each other');
    const organisation = await findOrganisation(surroundings.connection, args);
    const asks = isFresh || (surroundings.hasBus && !args.has('stored'));
    const explanation = await explainPerson(
      { ...surroundings, withinMs: PATIENCE_MS, ...(asks ? { publish: publishBy(surroundings) } : {}) },
      { organisation, who, askedBy: 'learnamp-ops', isFresh },
    );
    return { data: explanation, text: table(explanationLines(explanation)) };
  },
};

/** Opens the bus only where the directory is asked. */
const publishBy =
  ({ bus }: Surroundings): NonNullable<ExplainDeps['publish']> =>
  (records) =>
    bus().publish(records);
