import { decodeProtectedHeader } from 'jose';

/** The id of the key that a value was sealed with; undefined where it is no sealed value. */
export function sealingKeyOf(sealed: string): string | undefined {
  try {
    return decodeProtectedHeader(sealed).kid;
  } catch {
    return undefined;
  }
}
