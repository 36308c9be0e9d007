import type { OutgoingRecord } from '@learnamp/bus';
import { encodeEvent, formatVersion, syncRequest, userState, userStateKey } from '@learnamp/contracts';

export const personId = (number: number): string => `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A run asked for, as it lies in a topic. */
export const aRequest = (organisationId: string, requestId: string): OutgoingRecord =>
  encodeEvent(
    syncRequest,
    { requestId, organisationId, mode: 'full', requestedBy: 'somebody' },
    { organisationId, key: organisationId, source: 'test', time: new Date() },
  );

/** The whole state of a person, called by a name, with a version of this sequence and epoch. */
export function aState(
  organisationId: string,
  number: number,
  name: string,
  sequence: number,
  epoch = 1,
): OutgoingRecord {
  const state = {
    ...{ organisationId, source: 'microsoft' as const, personId: personId(number), active: true },
    ...{
      version: formatVersion({ epoch, sequence }),
      hash: `${name}-${sequence}`.padEnd(16, '-'),
      runId: `run-${sequence}`,
    },
    ...{ userPrincipalName: `${name.toLowerCase()}@acme.example`, userType: 'Member' as const, managerId: null },
    fields: {
      ...{ firstName: name, lastName: null, displayName: name, email: `${name.toLowerCase()}@acme.example` },
      ...{ jobTitle: null, department: null, location: null, language: null, hireDate: null },
    },
  };
  const about = { organisationId, key: userStateKey(state), source: 'test', time: new Date() };
  return encodeEvent(userState, state, about);
}
