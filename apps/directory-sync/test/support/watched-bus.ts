import type { Bus, OutgoingRecord } from '@learnamp/bus';
import {
  decodeEvent,
  photosMarker,
  photoState,
  type PhotoState,
  type Proposal,
  proposal,
  runMarker,
  type RunMarker,
  userState,
  type UserState,
} from '@learnamp/contracts';

/** Everything that was published through a bus, and whether all of it has been consumed. */
export interface WatchedBus {
  readonly bus: Bus;
  readonly states: UserState[];
  readonly markers: RunMarker[];
  readonly photos: PhotoState[];
  readonly proposals: Proposal[];
  /** How many records were published to each topic. */
  readonly published: Map<string, number>;
  /** Asked before records are published; a rejection is the bus's. */
  beforePublish: (records: readonly OutgoingRecord[]) => Promise<void>;
  allConsumed(): boolean;
}

export function watchBus(inner: Bus): WatchedBus {
  const inFlight = new Map<string, number>();
  const count = (topic: string, by: number) => inFlight.set(topic, (inFlight.get(topic) ?? 0) + by);
  const watched: WatchedBus = {
    states: [],
    markers: [],
    photos: [],
    proposals: [],
    published: new Map(),
    beforePublish: () => Promise.resolve(),
    allConsumed: () => [...inFlight.values()].every((waiting) => waiting <= 0),
    bus: {
      ensureTopics: (topics) => inner.ensureTopics(topics),
      publish: async (records) => {
        await watched.beforePublish(records);
        for (const { topic } of records) count(topic, 1);
        await inner.publish(records);
        for (const record of records) note(watched, record);
      },
      consume: (spec) =>
        inner.consume({
          ...spec,
          handle: async (records, context) => {
            const outcomes = await spec.handle(records, context);
            for (const { topic } of records) count(topic, -1);
            return outcomes;
          },
        }),
      read: (range) => inner.read(range),
      seek: (groupId, topic, position) => inner.seek(groupId, topic, position),
      close: () => inner.close(),
    },
  };
  return watched;
}

function note(watched: WatchedBus, { topic, value, headers = {} }: OutgoingRecord): void {
  const { states, markers, photos, proposals, published } = watched;
  published.set(topic, (published.get(topic) ?? 0) + 1);
  const bytes = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]));
  const decoded = decodeEvent([userState, runMarker, photoState, photosMarker, proposal], { value, headers: bytes });
  if (!decoded.ok) return;
  if (decoded.event.type === userState.type) states.push(decoded.event.data);
  if (decoded.event.type === runMarker.type) markers.push(decoded.event.data);
  if (decoded.event.type === photoState.type) photos.push(decoded.event.data);
  if (decoded.event.type === proposal.type) proposals.push(decoded.event.data);
}
