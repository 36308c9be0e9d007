/** A password that is the only proof needs this many characters (NIST SP 800-63B-4 section 3.1.1.2). */
export const MIN_LENGTH = 15;
/** Longer than anybody types; what is hashed is bounded. */
export const MAX_LENGTH = 256;

const runs = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
];

/**
 * Why a password won't do, in a sentence; undefined for one that will. Length is what counts: no kinds of characters are
 * asked for, only what is guessed first is refused.
 */
export function passwordComplaint(password: string, email: string): string | undefined {
  // Code points, as NIST counts.
  const { length } = Array.from(password);
  if (length < MIN_LENGTH) return `Use at least ${MIN_LENGTH} characters. A few words in a row are easy to remember.`;
  if (length > MAX_LENGTH) return `Use at most ${MAX_LENGTH} characters.`;
  const lower = password.toLowerCase();
  if (lower.includes(email.toLowerCase())) return 'Leave your email address out of the password.';
  if (/^(.{1,5}?)\1+.{0,4}$/su.test(lower)) return 'Use more than a few characters that come again and again.';
  if (runs.some((run) => run.includes(lower) || lower.startsWith(run.slice(0, MIN_LENGTH)))) {
    return 'Use something other than a row of the alphabet, of digits or of the keyboard.';
  }
  return undefined;
}
