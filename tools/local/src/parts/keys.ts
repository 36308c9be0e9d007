import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secrets of an installation, in the form that the services' environment takes them. */
export interface Keys {
  readonly sealing: string;
  readonly blindIndex: string;
  readonly clientState: string;
  /** ES256, PEM. */
  readonly sessionSigning: string;
}

/** The installation's own keys, made at its first start and kept beside its data, readable by the user alone. */
export function ensureKeys(dataDirectory: string): Keys {
  const file = join(dataDirectory, 'keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Keys;
  const ring = () => `k1:${randomBytes(32).toString('base64url')}`;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys: Keys = {
    sealing: ring(),
    blindIndex: ring(),
    clientState: ring(),
    sessionSigning: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  mkdirSync(dataDirectory, { recursive: true });
  writeFileSync(file, JSON.stringify(keys, null, 2), { mode: 0o600 });
  return keys;
}
