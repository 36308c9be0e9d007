import { readFileSync } from 'node:fs';
import Type, { type Static } from 'typebox';
import { ConfigError } from '../config.ts';
import { type ClientCredential, clientCertificate } from './client-credential.ts';
import { cloudNames, clouds, type MicrosoftCloud } from './clouds.ts';

const origin = '^https?://[^/?#\\s]+$';

/** The variables by which a service knows the application at Microsoft. Lists are separated by commas. */
export const ApplicationVariables = Type.Object({
  AZURE_CLIENT_ID: Type.String({ minLength: 1 }),
  /** Two live at once while one takes over from the other; the first is preferred. */
  AZURE_CLIENT_SECRET: Type.Optional(Type.String({ minLength: 1 })),
  /** When each secret expires: `2027-01-31`, in their order. */
  AZURE_CLIENT_SECRET_EXPIRES: Type.Optional(
    Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}(,\\d{4}-\\d{2}-\\d{2})*$' }),
  ),
  /** PEM files, each with a certificate and its private key; they win over secrets. */
  AZURE_CLIENT_CERTIFICATE_PATH: Type.Optional(Type.String({ minLength: 1 })),
  MICROSOFT_CLOUD: Type.Optional(Type.Enum(cloudNames)),
  /** In place of the cloud's own: a local Microsoft. */
  ENTRA_AUTHORITY_HOST: Type.Optional(Type.String({ pattern: origin })),
  GRAPH_BASE_URL: Type.Optional(Type.String({ pattern: origin })),
});

export type ApplicationVariables = Static<typeof ApplicationVariables>;

/** The cloud that the variables name. `graphResource` is whose permissions are asked for. */
export function cloudOf(variables: ApplicationVariables): MicrosoftCloud & { readonly graphResource: string } {
  const { authorityHost, graphBaseUrl } = clouds[variables.MICROSOFT_CLOUD ?? 'global'];
  return {
    authorityHost: variables.ENTRA_AUTHORITY_HOST ?? authorityHost,
    graphBaseUrl: variables.GRAPH_BASE_URL ?? graphBaseUrl,
    graphResource: graphBaseUrl,
  };
}

/** @throws ConfigError that names variables, and shows nothing of what they hold. */
export function credentialsOf(variables: ApplicationVariables): readonly [ClientCredential, ...ClientCredential[]] {
  const paths = listed(variables.AZURE_CLIENT_CERTIFICATE_PATH);
  const secrets = listed(variables.AZURE_CLIENT_SECRET);
  const dates = listed(variables.AZURE_CLIENT_SECRET_EXPIRES).map(dayOf);
  if (dates.length > secrets.length) throw new ConfigError(['AZURE_CLIENT_SECRET_EXPIRES has more dates than secrets']);
  const [first, ...others] = [
    ...paths.map(certificateAt),
    ...secrets.map((secret, n) => ({ kind: 'secret', secret, expiresAt: dates[n] ?? null }) as const),
  ];
  if (!first) throw new ConfigError(['AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH is missing']);
  return [first, ...others];
}

const listed = (text = '') => text.split(',').filter((part) => part !== '');

function dayOf(text: string): Date {
  const day = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) throw new ConfigError([`AZURE_CLIENT_SECRET_EXPIRES: ${text} is no day`]);
  return day;
}

function certificateAt(path: string) {
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError(["AZURE_CLIENT_CERTIFICATE_PATH can't be read"]);
  }
  try {
    return clientCertificate(pem);
  } catch (error) {
    throw new ConfigError([`AZURE_CLIENT_CERTIFICATE_PATH: ${error instanceof Error ? error.message : 'unreadable'}`]);
  }
}
