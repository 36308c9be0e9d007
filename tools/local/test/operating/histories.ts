import type { OutgoingRecord } from '@learnamp/bus';
import {
  encodeEvent,
  formatVersion,
  learnerCommand,
  learnerCommandKey,
  photoState,
  photoStateKey,
  runMarker,
  runMarkerKey,
  userState,
  userStateKey,
} from '@learnamp/contracts';

export const PEOPLE = 30;

export const personIdOf = (number: number): string => `20000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const contextOf = (organisationId: string, key: string) => ({ organisationId, key, source: 'test', time: new Date() });

const noFields = { jobTitle: null, location: null, language: null, hireDate: null };

export interface Round {
  readonly organisationId: string;
  readonly epoch: number;
  readonly department: string;
  /** The numbers of people who are told of, and of those among them who left. */
  readonly people: readonly number[];
  readonly leavers?: readonly number[];
}

/** A full run as it lies in the topics: states, photos, an import by hand, and the run's end. */
export function aRound({ organisationId, epoch, department, people, leavers = [] }: Round): OutgoingRecord[] {
  const runId = `${organisationId}-run-${epoch}`;
  const versionOf = (sequence: number) => formatVersion({ epoch, sequence: epoch * 1000 + sequence });
  const about = { organisationId, epoch, department, runId, versionOf };
  return [
    ...people.map((number) => stateOf(about, number, leavers.includes(number))),
    ...people.filter((number) => number % 5 === 0).map((number) => photoOf(about, number)),
    importOf(organisationId, epoch),
    markerOf(about, people.length),
  ];
}

interface About extends Pick<Round, 'organisationId' | 'epoch' | 'department'> {
  readonly runId: string;
  readonly versionOf: (sequence: number) => string;
}

function stateOf({ organisationId, runId, department, versionOf, epoch }: About, number: number, left: boolean) {
  const upn = `person${number}@${organisationId}.example`;
  const name = { firstName: `First${number}`, lastName: `Last${number}`, displayName: `Person ${number}`, email: upn };
  const state = {
    ...{
      organisationId,
      source: 'microsoft' as const,
      personId: personIdOf(number),
      version: versionOf(number + 1),
      runId,
    },
    ...{ hash: `hash-${number}-${epoch}-${department}`.padEnd(16, '.'), active: !left, userPrincipalName: upn },
    ...(left && { removal: { cause: 'left' as const, proof: 'checkMemberGroups says no' } }),
    ...{ userType: 'Member' as const, fields: { ...noFields, ...name, department } },
    managerId: personIdOf((number + 1) % PEOPLE),
  };
  return encodeEvent(userState, state, contextOf(organisationId, userStateKey(state)));
}

function photoOf({ organisationId, runId, versionOf, epoch }: About, number: number): OutgoingRecord {
  const base64 = Buffer.from(`photo of ${number} at ${epoch}`).toString('base64');
  const photo = { etag: `etag-${number}-${epoch}`, mediaType: 'image/png' as const, base64 };
  const state = { organisationId, personId: personIdOf(number), version: versionOf(number + 1), runId, photo };
  return encodeEvent(photoState, state, contextOf(organisationId, photoStateKey(state)));
}

function importOf(organisationId: string, epoch: number): OutgoingRecord {
  const name = { firstName: 'Hand', lastName: `Made${epoch}`, displayName: `Hand Made ${epoch}`, department: null };
  const fields = { ...noFields, ...name, email: `hand${epoch}@${organisationId}.example` };
  const command = {
    ...{ commandId: `${organisationId}-import-${epoch}`, organisationId, requestedBy: 'somebody' },
    action: { kind: 'import' as const, active: true, fields },
  };
  return encodeEvent(learnerCommand, command, contextOf(organisationId, learnerCommandKey(command)));
}

function markerOf({ organisationId, runId, versionOf }: About, emitted: number): OutgoingRecord {
  const marker = {
    ...{ organisationId, runId, version: versionOf(999), mode: 'full' as const, stage: 'finished' as const },
    ...{
      at: '2026-11-23T10:00:00Z',
      trigger: 'schedule',
      requestIds: [],
      progress: { step: 'done', done: 0, total: 0 },
    },
    counts: { members: PEOPLE, emitted, unchanged: 0, skipped: 0, graphRequests: 1 },
  };
  return encodeEvent(runMarker, marker, contextOf(organisationId, runMarkerKey(marker)));
}
