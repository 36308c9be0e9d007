import { hash, verify } from '@node-rs/argon2';

// OWASP's cheat sheet on password storage: argon2id, the library's default kind, with 19 MiB, two passes, one lane.
const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// The same characters may be typed as different code points on different keyboards (NIST SP 800-63B section 3.1.1.2).
const asTyped = (password: string) => password.normalize('NFKC');

/** In PHC form. Runs outside of the event loop. */
export const hashPassword = (password: string): Promise<string> => hash(asTyped(password), costs);

/** Without a hash it takes as long, and the answer is no: nobody learns by the time whether there is a password. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const matches = await verify(stored ?? (await nobodys), asTyped(password));
  return matches && stored !== undefined;
}

const nobodys = hashPassword('a password that nobody has');
