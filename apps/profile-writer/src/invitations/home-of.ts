/** The origin of an organisation's home, as auth-gateway has it: the scheme of the central origin, and the host suffix. */
export const createHomeOf =
  (centralOrigin: string, hostSuffix: string) =>
  (subdomain: string): string =>
    `${new URL(centralOrigin).protocol}//${subdomain}.${hostSuffix}`;
