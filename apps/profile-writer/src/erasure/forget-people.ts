import { nameHash } from '@learnamp/learners';
import { copiesOf } from '../previews/preview-copies.ts';
import type { Collections } from '../collections.ts';

/** Somebody of one organisation: the learners they are or were, and those whom the directory knows them as. */
export interface Forgotten {
  readonly organisationId: string;
  readonly learnerIds: readonly string[];
  readonly personIds: readonly string[];
}

/**
 * Removes whatever is kept of somebody, copies that a preview works on included, the learner last: by the learner the rest
 * is found again, should this process die in between. Of others' documents only what names them goes.
 */
export async function forgetPeople(collections: Collections, people: Forgotten): Promise<void> {
  await forgetIn({ ...collections, ...copiesOf(collections) }, people);
  await forgetIn(collections, people);
}

async function forgetIn(collections: Collections, people: Forgotten): Promise<void> {
  const { organisationId, learnerIds, personIds } = people;
  const { learners } = collections;
  const theirs = { $or: [{ _id: { $in: learnerIds } }, { 'sources.microsoft.personId': { $in: personIds } }] };
  const found = await learners.find({ organisationId, ...theirs }).lean();
  const ids = [...new Set([...learnerIds, ...found.map(({ _id }) => _id)])];
  const addresses = found.flatMap(({ fields, sources: { microsoft, manual } }) =>
    [fields.email, manual?.fields.email, microsoft?.mail, microsoft?.userPrincipalName].flatMap((text) => text ?? []),
  );
  await forgetTraces(collections, { ...people, learnerIds: ids });
  const anyCase = { collation: { locale: 'en', strength: 2 } } as const;
  await collections.outbox.deleteMany({ 'to.address': { $in: addresses } }, anyCase);
  await forgetNoticeMails(collections, organisationId, { ids, addresses });
  await learners.updateMany(
    { organisationId, 'manager.learnerId': { $in: ids } },
    { $set: { 'manager.learnerId': null } },
  );
  await learners.updateMany(
    { organisationId, 'formerLinks.personId': { $in: personIds } },
    { $pull: { formerLinks: { personId: { $in: personIds } } } },
  );
  await learners.deleteMany({ organisationId, _id: { $in: ids } });
}

/** Mails of notices: what is kept of an address is a hash, and of whoever asked for a test their learner's id. */
async function forgetNoticeMails(
  { noticeMails }: Collections,
  organisationId: string,
  { ids, addresses }: { readonly ids: readonly string[]; readonly addresses: readonly string[] },
): Promise<void> {
  const hashes = addresses.map((address) => nameHash(organisationId, address));
  const theirs = { $or: [{ learnerId: { $in: ids } }, { addressHash: { $in: hashes } }] };
  await noticeMails.deleteMany({ organisationId, ...theirs });
}

async function forgetTraces(
  collections: Collections,
  { organisationId, learnerIds, personIds }: Forgotten,
): Promise<void> {
  const asLearner = { organisationId, learnerId: { $in: learnerIds } };
  const asPerson = { organisationId, personId: { $in: personIds } };
  const byId = { organisationId, _id: { $in: learnerIds } };
  const { memberships, passwordLinks, provisioningLog, outcomeRows, runs } = collections;
  const { invitations, ownPhotos, photos, conflicts } = collections;
  for (const each of [memberships, passwordLinks, provisioningLog, outcomeRows])
    await each.collection.deleteMany(asLearner);
  for (const each of [provisioningLog, outcomeRows, photos, conflicts]) await each.collection.deleteMany(asPerson);
  await invitations.deleteMany(byId);
  await ownPhotos.deleteMany(byId);
  await runs.updateMany(
    { organisationId, 'skipped.first.personId': { $in: personIds } },
    { $pull: { 'skipped.$[].first': { personId: { $in: personIds } } } },
  );
}
