import type { Direction, InvitationMode, Limits, Provisioning, Settings, SwitchName } from './settings.ts';

/** Limits as they are typed: per cent, and empty for none. */
export type TypedLimits = Readonly<Record<keyof Limits, string>>;

/** The settings as a form has them. */
export interface SettingsDraft {
  readonly switches: Readonly<Record<SwitchName, boolean>>;
  readonly invitations: InvitationMode;
  readonly leavers: { readonly keep: boolean; readonly graceDays: string };
  readonly limits: Readonly<Record<Direction, TypedLimits>>;
}

/** The parts of the form, each of which can be shown, and stored, without the others. */
export type SettingsPart = 'switches' | 'people' | 'invitations' | 'leavers' | 'limits';

export function draftOf({ provisioning }: Pick<Settings, 'provisioning'>): SettingsDraft {
  const { enabled, create, update, deactivate, managers, photos, invitations, outOfScope, limits } = provisioning;
  return {
    switches: { enabled, create, update, deactivate, managers, photos },
    invitations,
    leavers: { keep: outOfScope.keep, graceDays: typed(outOfScope.graceDays) },
    limits: { removal: typedLimits(limits.removal), addition: typedLimits(limits.addition) },
  };
}

/** What these parts of the form ask for. */
export function changeOf(draft: SettingsDraft, parts: readonly SettingsPart[]): Partial<Provisioning> {
  return Object.assign({}, ...parts.map((part) => changes[part](draft))) as Partial<Provisioning>;
}

const changes: Readonly<Record<SettingsPart, (draft: SettingsDraft) => Partial<Provisioning>>> = {
  switches: ({ switches: { enabled, create, update, deactivate } }) => ({ enabled, create, update, deactivate }),
  people: ({ switches: { managers, photos } }) => ({ managers, photos }),
  invitations: ({ invitations }) => ({ invitations }),
  leavers: ({ leavers: { keep, graceDays } }) => ({ outOfScope: { keep, graceDays: numberOrNull(graceDays) } }),
  limits: ({ limits: { removal, addition } }) => ({
    limits: { removal: limitsOf(removal), addition: limitsOf(addition) },
  }),
};

const typed = (value: number | null) => (value === null ? '' : String(value));
const numberOrNull = (text: string) => (text.trim() === '' ? null : Number(text));

const typedLimits = ({ share, small, number }: Limits): TypedLimits => ({
  share: typed(perCentOf(share)),
  small: typed(small),
  number: typed(number),
});

// The browser lets nobody send a form whose share or small number is empty.
const limitsOf = ({ share, small, number }: TypedLimits): Limits => ({
  share: Number(share) / 100,
  small: Number(small),
  number: numberOrNull(number),
});

/** Without the noise of binary fractions. */
const perCentOf = (share: number) => Number((share * 100).toPrecision(12));
