import { randomBytes, randomUUID } from 'node:crypto';
import { type DirectoryFile, generateDirectory } from '@learnamp/entra-emulator';

const mark = (name: string) => `zqx${name}${randomBytes(5).toString('hex')}`;

/** Texts that are nowhere else: whoever finds one knows where it comes from. */
export class Canaries {
  /** In every value of every person of the directory. */
  readonly person = mark('person');
  /** In what is typed into forms: a page may show it again to whoever typed it. */
  readonly typed = mark('typed');
  readonly password = `${mark('password')} four words`;
  readonly wrongPassword = `${mark('wrong')} four words`;
  readonly validationToken = mark('validation');
  readonly clientState = mark('clientstate');
  /** In what Microsoft says of an error. */
  readonly description = mark('description');
  readonly accessToken = mark('accesstoken');
  readonly tenantId = randomUUID();
  readonly #others = new Map<string, string>();

  /** Something secret that came up on the way, such as a code. */
  add(what: string, text: string | undefined): void {
    // Shorter ones are found by chance.
    if (text !== undefined && text.length >= 16) this.#others.set(text, what);
  }

  /** All of them, with what they are. */
  all(): ReadonlyMap<string, string> {
    return new Map([...Object.entries(this).map(([what, text]) => [String(text), what] as const), ...this.#others]);
  }
}

/** A directory of marked people, in a marked tenant. */
export function markedDirectory({ person, tenantId }: Canaries, people: number): DirectoryFile {
  const file = generateDirectory({ people, groups: 2, seed: 7, photos: 0 });
  const users = file.users.map((user, number) => ({
    ...user,
    displayName: `Ada ${person} ${number}`,
    givenName: `Ada ${person}`,
    surname: `Lovelace ${person}`,
    jobTitle: `Analyst ${person}`,
    department: `Engines ${person}`,
    officeLocation: `London ${person}`,
    userPrincipalName: `${person}.${number}@${file.tenant.verifiedDomains[0]?.name ?? ''}`,
    mail: `${person}.${number}@${file.tenant.verifiedDomains[0]?.name ?? ''}`,
  }));
  return { ...file, tenant: { ...file.tenant, id: tenantId }, users };
}
