import { describe, expect, it } from '@jest/globals';
import {
  photosMarker,
  photosMarkerKey,
  photoState,
  photoStateKey,
  runMarker,
  runMarkerKey,
  type Topic,
  topics,
  userState,
  userStateKey,
} from '../../src/index.ts';

describe('the topics', () => {
  it('have one number of partitions, so that an organisation is in the same one everywhere', () => {
    expect(new Set(Object.values(topics).map(({ partitions }) => partitions)).size).toBe(1);
  });

  it('bound how long a superseded state of a person is kept where they are compacted', () => {
    const compacted = Object.values<Topic>(topics).filter(({ config }) => 'cleanup.policy' in config);

    expect(compacted.map(({ name }) => name)).toEqual(['directory.users', 'directory.photos']);
    for (const { config } of compacted) expect(Number(config['max.compaction.lag.ms'])).toBeGreaterThan(0);
  });
});

describe('the keys of records', () => {
  it('keep apart within a topic what compaction must not merge', () => {
    const about = { organisationId: 'acme', runId: 'r', personId: 'p', source: 'microsoft' } as const;
    const inUsers = [
      userStateKey(about),
      userStateKey({ ...about, personId: 'q' }),
      userStateKey({ ...about, organisationId: 'umbrella' }),
      ...(['started', 'progressed', 'finished', 'interrupted'] as const).map((s) =>
        runMarkerKey({ ...about, stage: s }),
      ),
    ];
    const inPhotos = [photoStateKey(about), photosMarkerKey(about), photoStateKey({ ...about, personId: 'q' })];

    expect(new Set(inUsers).size).toBe(inUsers.length);
    expect(new Set(inPhotos).size).toBe(inPhotos.length);
    expect([userState.topic, photoState.topic]).toEqual([runMarker.topic, photosMarker.topic]);
  });
});
