import type { Organisation } from '@learnamp/organisations';
import Type, { type Static } from 'typebox';

const Text = Type.Optional(Type.String({ maxLength: 200_000 }));

/** What the page's form sends: a switch that is off is not sent at all, and numbers are text. */
export const SettingsForm = Type.Object({
  revision: Type.String({ pattern: '^\\d{1,9}$' }),
  enabled: Text,
  create: Text,
  update: Text,
  deactivate: Text,
  managers: Text,
  photos: Text,
  invitations: Type.String({ maxLength: 20 }),
  keep: Text,
  graceDays: Text,
  removalShare: Text,
  removalSmall: Text,
  removalNumber: Text,
  additionShare: Text,
  additionSmall: Text,
  additionNumber: Text,
  mapping: Type.String({ maxLength: 200_000 }),
  singleSignOn: Text,
  guests: Text,
  passwords: Text,
  breakGlassOwner: Text,
});
export type SettingsForm = Static<typeof SettingsForm>;

/** What the page's form is about. */
export type ShownSettings = Pick<Organisation, 'provisioning' | 'singleSignOn' | 'passwords'>;

/** The settings that a form asks for: as they are typed, whether or not they may be. The check names what may not. */
export function settingsOf(form: SettingsForm): ShownSettings {
  const { enabled, create, update, deactivate, managers, photos, invitations, mapping } = form;
  const switches = { enabled, create, update, deactivate, managers, photos };
  const provisioning = {
    ...Object.fromEntries(Object.entries(switches).map(([name, value]) => [name, value === 'on'])),
    invitations,
    outOfScope: { keep: form.keep === 'on', graceDays: numberOrNull(form.graceDays) },
    limits: {
      removal: limits(form.removalShare, form.removalSmall, form.removalNumber),
      addition: limits(form.additionShare, form.additionSmall, form.additionNumber),
    },
    mapping: jsonOrText(mapping),
  };
  return {
    provisioning: provisioning as Organisation['provisioning'],
    singleSignOn: { enabled: form.singleSignOn === 'on', guests: form.guests === 'on' },
    passwords: { enabled: form.passwords === 'on', breakGlassOwner: form.breakGlassOwner || null },
  };
}

function limits(share: string | undefined, small: string | undefined, number: string | undefined) {
  const percent = numberOrNull(share);
  return {
    share: typeof percent === 'number' ? percent / 100 : percent,
    small: numberOrNull(small),
    number: numberOrNull(number),
  };
}

function numberOrNull(text = ''): unknown {
  if (text.trim() === '') return null;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
