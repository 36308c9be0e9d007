import Type, { type Static } from 'typebox';

/** The pages of the administrator's console from which somebody goes to Microsoft: only there do they come back to. */
export const ConsolePlace = Type.Union([
  Type.Literal('/admin/setup'),
  Type.Literal('/admin/microsoft'),
  Type.Literal('/admin/sign-in'),
]);
export type ConsolePlace = Static<typeof ConsolePlace>;

/** Where a step with Microsoft ends, with what came of it: a page of the console, or the settings. */
export const placeAfter = (returnTo: ConsolePlace | null, outcome: string): string =>
  returnTo === null ? `/settings?microsoft=${outcome}#microsoft` : `${returnTo}?microsoft=${outcome}`;
