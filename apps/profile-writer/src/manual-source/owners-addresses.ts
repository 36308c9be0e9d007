import { importKeys } from '@learnamp/learners';
import type { RoleDocument } from '@learnamp/organisations';
import type { Model } from 'mongoose';
import type { FoundByHand, ImportCommand } from './find-by-hand.ts';

const refusal = { refused: 'Only an Owner may give an Owner another address.' } as const;

/**
 * Refuses to give an Owner another address where whoever asks is none: whoever reads what is sent there could come in
 * an Owner's place. The first address of somebody who is made an Owner before they are a learner isn't another one.
 */
export async function keepOwnersAddresses(
  roles: Model<RoleDocument>,
  organisationId: string,
  find: (command: ImportCommand) => FoundByHand,
): Promise<(command: ImportCommand) => FoundByHand> {
  const owners = new Set(
    (await roles.find({ organisationId, role: 'Owner' }).lean()).map(({ learnerId }) => learnerId),
  );
  return (command) => {
    const found = find(command);
    if ('refused' in found || !found.stored || !owners.has(found.learnerId) || owners.has(command.requestedBy)) {
      return found;
    }
    const { matchKeys = [] } = found.stored;
    const isNew = (key: string) => key.startsWith('address:') && !matchKeys.includes(key);
    return importKeys(command.action).some(isNew) ? refusal : found;
  };
}
