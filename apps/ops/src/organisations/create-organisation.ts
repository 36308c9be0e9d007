import { learnerIdOf, learnerModel } from '@learnamp/learners';
import { ensureIndexes } from '@learnamp/mongo';
import {
  auditEntryModel,
  auditHeadModel,
  createOrganisation,
  type CreatedOrganisation,
  isMailbox,
  organisationModel,
  OrganisationRefusedError,
  roleModel,
} from '@learnamp/organisations';
import type { Connection } from 'mongoose';
import { operator } from '../audit/operator.ts';
import type { Arguments } from '../command-line/arguments.ts';
import { type Answer, type Command, type Surroundings, UsageError } from '../command-line/command.ts';
import { inviteOwner, type Invited, ownerImportId } from './invite-owner.ts';

export const createOrganisationCommand: Command = {
  name: 'organisations create',
  takes: '--subdomain S --name N --owner EMAIL',
  about: 'makes an organisation and invites its first Owner by mail; the same again changes nothing',
  flags: {
    subdomain: { type: 'string', about: 'the home is https://SUBDOMAIN.learnamp.com' },
    name: { type: 'string', about: 'what pages and mails call it' },
    owner: { type: 'string', about: 'the email address of the first Owner' },
  },
  run: async (surroundings, args) => {
    const email = emailFrom(args);
    // Asked for first: without it the Owner would never hear of the organisation.
    surroundings.bus();
    const created = await create(surroundings, args, email);
    const isThere = await learnerModel(surroundings.connection).exists({ _id: created.learnerId });
    return answerOf(created, email, isThere ? { state: 'invited' } : await inviteOwner(surroundings, created, email));
  },
};

function emailFrom(args: Arguments): string {
  const email = args.wanted('owner').trim();
  if (!isMailbox(email)) throw new UsageError('--owner takes one email address');
  return email;
}

async function create(
  { connection, clock }: Surroundings,
  args: Arguments,
  email: string,
): Promise<CreatedOrganisation> {
  const ownerOf = (organisationId: string) =>
    learnerIdOf(organisationId, 'manual', ownerImportId(organisationId, email));
  const wanted = { subdomain: args.wanted('subdomain'), name: args.wanted('name'), ownerOf };
  await ensureCollections(connection);
  try {
    return await createOrganisation(connection, wanted, { actor: operator(), at: clock() });
  } catch (error) {
    if (error instanceof OrganisationRefusedError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** The installation may be new, and a transaction can't make them. */
async function ensureCollections(connection: Connection): Promise<void> {
  for (const model of [organisationModel, roleModel, auditEntryModel, auditHeadModel]) model(connection);
  await ensureIndexes(connection);
}

function answerOf(created: CreatedOrganisation, email: string, invited: Invited): Answer {
  const { organisationId, learnerId, isNew } = created;
  const data = { organisationId, ownerId: learnerId, isNew, invitation: invited };
  const made = `organisation ${organisationId} ${isNew ? 'is made' : 'was there already'}`;
  const invitation = {
    invited: `${email} is invited as its first Owner`,
    waiting: 'the invitation waits: profile-writer has not taken it up; is it running?',
    refused: `${email} could not be invited: ${'reason' in invited ? invited.reason : ''}`,
  };
  const text = `${made}; ${invitation[invited.state]}`;
  return { data, text, ...(invited.state === 'invited' ? {} : { exitCode: 1 }) };
}
