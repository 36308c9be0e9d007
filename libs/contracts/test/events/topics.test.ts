import { describe, expect, it } from '@jest/globals';
import {
  photosMarker,
  photosMarkerKey,
  photoState,
  photoStateKey,
  previewMarker,
  type Proposal,
  proposal,
  proposalKey,
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

  it('forget proposals within a day, dead letters included, because they are of people who may never be learners', () => {
    const { config, deadLetterConfig } = topics.directoryProposals;

    expect(config).not.toHaveProperty('cleanup.policy');
    for (const kept of [config, deadLetterConfig]) expect(Number(kept['retention.ms'])).toBeLessThanOrEqual(86_400_000);
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

  it('keep apart what two previews say of a person, and each preview by its markers', () => {
    const of = (runId: string, personId: string) =>
      proposalKey({ state: { organisationId: 'acme', runId, personId } } as Proposal);

    expect(new Set([of('r', 'p'), of('r', 'q'), of('s', 'p')]).size).toBe(3);
    expect(previewMarker.topic).toBe(proposal.topic);
    expect({ ...previewMarker, topic: runMarker.topic }).toEqual(runMarker);
  });
});
