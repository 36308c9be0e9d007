import {
  decodeEvent,
  type EncodedRecord,
  graphNotification,
  learnerCommand,
  photosMarker,
  photoState,
  proposal,
  runMarker,
  syncRequest,
  userState,
} from '@learnamp/contracts';

// A preview's marker has the type of every run's.
const eventTypes = [
  ...[graphNotification, syncRequest, learnerCommand],
  ...[userState, runMarker, photoState, photosMarker, proposal],
];

/** What a record says, whichever event it is; or why that can't be read. */
export type SaidEvent =
  { readonly type: string; readonly data: Readonly<Record<string, unknown>> } | { readonly unreadable: string };

export function readEvent(record: EncodedRecord): SaidEvent {
  const decoded = decodeEvent(eventTypes, record);
  return decoded.ok ? decoded.event : { unreadable: decoded.reason };
}

/** Such as `user-state` of `com.learnamp.directory.user-state.v1`. */
export const shortType = (type: string): string => type.split('.').at(-2) ?? type;
