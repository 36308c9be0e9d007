export { batch, type BatchMember } from './batch/batch.ts';
export type { Token } from './client/authentication.ts';
export { type Clock, systemClock } from './client/clock.ts';
export { createGraphClient, type GraphClientOptions } from './client/create-graph-client.ts';
export type { GraphClient, GraphRequest, GraphScope } from './client/graph-client.ts';
export type { GraphLogger } from './client/graph-logger.ts';
export type { Lane } from './client/lanes.ts';
export type { RequestCount } from './client/request-count.ts';
export type { RetryOptions } from './client/retry-policy.ts';
export type { SentRequest } from './client/transport.ts';
export { countMembers } from './counts/count-members.ts';
export { countUsers } from './counts/count-users.ts';
export {
  type DeltaKind,
  type DeltaPage,
  type DeltaQuery,
  deltaRound,
  deltaRounds,
  type DeltaRows,
  type PageOfDelta,
} from './delta/delta-round.ts';
export type { GroupDelta, MemberDelta, RemovedReason, UserDelta } from './delta/delta-rows.ts';
export { latestDeltaLink, type DeltaLinkOptions, maxDeltaIds } from './delta/latest-delta-link.ts';
export { errorOfResponse, type GraphAnswer, isOk } from './errors/error-of-response.ts';
export { GraphError, type GraphErrorCode, type GraphErrorDetails } from './errors/graph-error.ts';
export { getGroup, type Group } from './groups/get-group.ts';
export { findGroups } from './groups/find-groups.ts';
export { groupNames } from './groups/group-names.ts';
export { groupsOf } from './groups/groups-of.ts';
export { checkMemberGroups } from './members/check-member-groups.ts';
export { type GroupMembers, listMembers, type MemberRef } from './members/list-members.ts';
export { collect, type Page, pages } from './paging/pages.ts';
export type { Person, PersonRead } from './people/person-row.ts';
export { readPeople, type ReadPeopleOptions, readPerson } from './people/read-people.ts';
export type { ImageMediaType } from './photos/image-kind.ts';
export { maxPhotoBytes, type PhotoRead } from './photos/photo-read.ts';
export { type KnownPhoto, readPhotos } from './photos/read-photos.ts';
export type { Subscription } from './subscriptions/subscription.ts';
export {
  createSubscription,
  listSubscriptions,
  type NewSubscription,
  reauthorizeSubscription,
  removeSubscription,
  renewSubscription,
} from './subscriptions/subscriptions.ts';
export {
  type ClientCredential,
  createTokenSource,
  type CredentialChoice,
  type TokenSourceOptions,
} from './tokens/token-source.ts';
