import { learnerIdOf } from '@learnamp/learners';
import { exchange } from '@learnamp/testkit';
import type { Company } from '../stage/company.ts';
import type { Stage } from '../stage/stage.ts';

export const PASSWORD = 'four words nobody guesses';
/** Of that password, at the costs that passwords are kept with. */
const HASH = '$argon2id$v=19$m=19456,t=2,p=1$vRDwJ+so/RgGcIxnzl/sZg$2gHryPDwio9whM4sqyHo8cmpiB6JpPuUGZ2WmVT3cmI';

/** Makes so many learners, with that password or none; gives their addresses. */
export async function knownPeople(
  { connection }: Stage,
  company: Company,
  { count, password }: { readonly count: number; readonly password: boolean },
): Promise<string[]> {
  const people = await Promise.all(Array.from({ length: count }, () => company.learner('Learner')));
  const passwords = people.map(({ oid }) => {
    const id = learnerIdOf(company.id, 'microsoft', oid);
    return { replaceOne: { filter: { _id: id as never }, replacement: passwordOf(company, id), upsert: true } };
  });
  if (password) await connection.collection('passwords').bulkWrite(passwords);
  return people.map(({ preferred_username: address }) => address);
}

const passwordOf = ({ id: organisationId }: Company, _id: string) => ({
  _id,
  organisationId,
  hash: HASH,
  setAt: new Date(Date.now()),
});

/** Posts a form of the home page, from an address of the internet. */
export function postFrom(
  { home }: Company,
  path: string,
  form: Readonly<Record<string, string>>,
  { address, cookie }: { readonly address: string; readonly cookie?: string },
) {
  const { host, origin } = new URL(home);
  const headers = {
    ...{ host, origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    'x-forwarded-for': address,
    ...(cookie === undefined ? {} : { cookie }),
  };
  return exchange('POST', `${home}${path}`, headers, new URLSearchParams(form).toString());
}

/** One of the addresses that are kept for documentation and measuring (RFC 2544). */
export const addressOf = (number: number): string =>
  `198.${18 + (Math.floor(number / 65_536) % 2)}.${Math.floor(number / 256) % 256}.${number % 256}`;
