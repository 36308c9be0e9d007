export { erasureGroups, topics, type Topic } from './topics.ts';
export {
  encodeEvent,
  InvalidEventError,
  type EncodedEvent,
  type EventContext,
  type EventType,
} from './envelope/cloud-event.ts';
export { decodeEvent, type Decoded, type DecodedEvent, type EncodedRecord } from './envelope/decode-event.ts';
export { graphNotification, type GraphNotification } from './events/graph-notification.ts';
export {
  learnerCommand,
  learnerCommandKey,
  type LearnerAction,
  type LearnerCommand,
} from './events/learner-command.ts';
export { syncRequest, type SyncRequest } from './events/sync-request.ts';
export {
  userState,
  userStateKey,
  type CustomFields,
  type FieldRules,
  type GroupPath,
  type LearnerFields,
  type Removal,
  type UserState,
} from './events/user-state.ts';
export { previewMarker, runMarker, runMarkerKey, type RunMarker } from './events/run-marker.ts';
export { proposal, proposalKey, type Proposal } from './events/proposal.ts';
export {
  photoState,
  photoStateKey,
  photosMarker,
  photosMarkerKey,
  type PhotosMarker,
  type PhotoState,
} from './events/photo-state.ts';
export { formatVersion, parseVersion, type Version } from './versions/version.ts';
export { parseKeyRing, type KeyRing } from './keys/key-ring.ts';
export { signClientState, verifyClientState, type ClientState } from './client-state/client-state.ts';
