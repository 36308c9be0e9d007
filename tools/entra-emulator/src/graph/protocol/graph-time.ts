/** A time as the directory writes it: to the second. */
export function graphTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
