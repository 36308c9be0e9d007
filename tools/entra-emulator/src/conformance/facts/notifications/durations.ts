/** In milliseconds, as everything here. */
export const SECOND = 1000;
/** Sixty of them. */
export const MINUTE = 60 * SECOND;
/** What an access token lasts, roughly. */
export const HOUR = 60 * MINUTE;
/** What a subscription of these facts lasts unless it says otherwise. */
export const DAY = 24 * HOUR;
