import type { paths } from '../api/openapi.d.ts';
import type { Mapping } from '../mapping/mapping.ts';

type Answer = paths['/api/settings']['get']['responses']['200']['content']['application/json'];

export const switchNames = ['enabled', 'create', 'update', 'deactivate', 'managers', 'photos'] as const;
export type SwitchName = (typeof switchNames)[number];

export type InvitationMode = 'held' | 'immediately' | 'off';

export type Direction = 'removal' | 'addition';

/** How many may be removed, or added, without approval. */
export interface Limits {
  /** Of all, from 0 to 1. */
  readonly share: number;
  readonly small: number;
  readonly number: number | null;
}

/** How provisioning works. The API's document leaves open what is in it. */
export type Provisioning = Readonly<Record<SwitchName, boolean>> & {
  readonly invitations: InvitationMode;
  readonly outOfScope: { readonly keep: boolean; readonly graceDays: number | null };
  readonly limits: Readonly<Record<Direction, Limits>>;
  readonly mapping: Mapping;
};

export type Settings = Omit<Answer, 'provisioning'> & { readonly provisioning: Provisioning };

/** What is to be set; what is left out stays. */
export interface SettingsChange {
  /** The revision that was looked at; with another one nothing is changed. */
  readonly revision: number;
  readonly provisioning?: Partial<Provisioning>;
  readonly singleSignOn?: Settings['singleSignOn'];
  readonly passwords?: Settings['passwords'];
  readonly notifications?: Settings['notifications'];
}
