import { fileURLToPath } from 'node:url';

/**
 * Where `npm test` keeps the certificate authority of the local Microsoft. A process trusts it by being started with
 * `NODE_EXTRA_CA_CERTS` naming the `ca.pem` in there, which Node reads once, at start; `npm test` has done that.
 */
export function testCaDirectory(): string {
  return fileURLToPath(new URL('../../../../tmp/test-ca', import.meta.url));
}
