const DURATION = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const SECOND = 1000;

/** Milliseconds of a number of seconds, or of an ISO 8601 duration up to days; undefined for anything else. */
export function durationMs(value: unknown): number | undefined {
  if (typeof value === 'number') return value >= 0 ? value * SECOND : undefined;
  const parts = DURATION.exec(typeof value === 'string' ? value : '');
  if (parts === null) return undefined;
  const [, days, hours, minutes, seconds] = parts;
  const inHours = Number(days ?? 0) * 24 + Number(hours ?? 0);
  return ((inHours * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0)) * SECOND;
}
