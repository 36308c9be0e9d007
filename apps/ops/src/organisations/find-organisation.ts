import { createFindOpenSettings, type OpenSettings, organisationModel } from '@learnamp/organisations';
import type { Connection } from 'mongoose';
import type { Arguments } from '../command-line/arguments.ts';
import { type Flag, UsageError } from '../command-line/command.ts';

export const organisationFlag: { readonly organisation: Flag } = {
  organisation: { type: 'string', about: 'the subdomain or the id of an organisation' },
};

/** The organisation that `--organisation` names. @throws UsageError where it is missing or there is none. */
export async function findOrganisation(connection: Connection, args: Arguments): Promise<OpenSettings> {
  const name = args.wanted('organisation');
  const model = organisationModel(connection);
  const found = await model.findOne({ $or: [{ _id: name }, { subdomain: name.toLowerCase() }] }, '_id').lean();
  const organisation = found && (await createFindOpenSettings(model)([found._id])).get(found._id);
  if (!organisation)
    throw new UsageError(`there is no organisation ${JSON.stringify(name)}; organisations list shows all`);
  return organisation;
}
