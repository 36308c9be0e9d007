import { type LearnerDocument, learnerIdOf } from '@learnamp/learners';
import {
  defaultNotifications,
  defaultProvisioning,
  type OpenSettings,
  type ProvisioningSettings,
} from '@learnamp/organisations';
import type { Inspection } from '@learnamp/sync-state';
import type { Facts } from '../src/facts.ts';

export const ADA = '10000000-0000-4000-8000-000000000001';
export const GRACE = '10000000-0000-4000-8000-000000000002';
export const ROOT = '20000000-0000-4000-8000-000000000000';
export const NESTED = '20000000-0000-4000-8000-000000000001';

const fields = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  displayName: 'Ada Lovelace',
  email: 'ada@acme.example',
  jobTitle: 'Analyst',
  department: 'Engines',
  location: null,
  language: 'en-GB',
  hireDate: null,
};

/** A learner who is as the directory says. */
export function aLearner(personId: string, more: Partial<LearnerDocument> = {}): LearnerDocument {
  const own = personId === ADA ? fields : { ...fields, displayName: 'Grace Hopper', email: 'grace@acme.example' };
  return {
    _id: learnerIdOf('acme', 'microsoft', personId),
    organisationId: 'acme',
    active: true,
    fields: own,
    sources: {
      microsoft: {
        personId,
        version: '0000000001-000000000001',
        hash: 'a-hash-of-sixteen',
        active: true,
        removal: null,
        userPrincipalName: own.email,
        userType: 'Member',
        fields: own,
        managerId: null,
      },
    },
    manager: null,
    primaryTeamId: 'tm_engines',
    sessionVersion: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...more,
  };
}

export const organisation = (provisioning: Partial<ProvisioningSettings> = {}): OpenSettings => ({
  id: 'acme',
  subdomain: 'acme',
  name: 'Acme',
  groupId: ROOT,
  singleSignOn: { enabled: true, guests: false },
  passwords: { enabled: true, breakGlassOwner: null },
  passwordAccess: { kind: 'everybody' },
  notifications: defaultNotifications,
  provisioning: { ...defaultProvisioning, ...provisioning },
});

/** Ada, with whom all is well. */
export const facts = (more: Partial<Facts> = {}): Facts => ({
  organisation: organisation(),
  who: 'ada@acme.example',
  now: new Date('2026-11-23T10:00:00Z'),
  personId: ADA,
  learner: aLearner(ADA),
  namesake: null,
  conflict: null,
  candidates: [],
  record: null,
  tree: new Map([
    [ROOT, { users: new Set<string>(), groups: new Set([NESTED]) }],
    [NESTED, { users: new Set([ADA]), groups: new Set<string>() }],
  ]),
  groupNames: new Map([
    [ROOT, 'Learners'],
    [NESTED, 'Engineers'],
  ]),
  manager: null,
  circle: [],
  team: {
    _id: 'tm_engines',
    organisationId: 'acme',
    name: 'Engines',
    origin: 'department',
    parentId: null,
    parentName: null,
  },
  heldSet: null,
  lastChange: null,
  lastRuns: [],
  work: {
    nextDeltaAt: new Date('2026-11-23T10:05:00Z'),
    nextFullAt: new Date('2026-11-23T09:00:00Z'),
    pausedUntil: new Date(0),
  },
  inspection: null,
  ...more,
});

/** What the directory says of Ada now. */
export const anInspection = (person: Partial<NonNullable<Inspection['person']>> = {}): Inspection => ({
  _id: 'request',
  organisationId: 'acme',
  at: new Date('2026-11-23T09:59:59Z'),
  lookUp: 'ada@acme.example',
  root: { id: ROOT, displayName: 'Learners' },
  person: {
    id: ADA,
    displayName: 'Ada Lovelace',
    userPrincipalName: 'ada@acme.example',
    accountEnabled: true,
    isMember: true,
    userType: 'Member',
    ...person,
  },
  groups: [{ id: NESTED, displayName: 'Engineers' }],
  manager: null,
  fields: [],
  problem: null,
});
