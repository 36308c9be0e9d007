import type { FastifyInstance } from 'fastify';
import { notEmulated } from '../errors/entra-error.ts';

/** What the real Entra serves below a tenant and the emulator does not. */
const LACKING: readonly (readonly [path: string, name: string])[] = [
  ['/oauth2/v2.0/devicecode', 'The device code flow'],
  ['/oauth2/authorize', 'Sign-in at the v1 endpoint'],
  ['/oauth2/token', 'The v1 token endpoint'],
  ['/oauth2/devicecode', 'The device code flow'],
  ['/oauth2/logout', 'Sign-out at the v1 endpoint'],
  ['/openid/userinfo', 'The v1 userinfo endpoint'],
  ['/discovery/instance', 'Instance discovery'],
  ['/kerberos', 'Kerberos'],
  ['/saml2', 'SAML'],
  ['/wsfed', 'WS-Federation'],
  ['/federationmetadata/2007-06/federationmetadata.xml', 'The federation metadata document'],
];

/** Says by 501 what is not emulated, at the addresses where clients look for it. */
export function lackingRoutes(server: FastifyInstance): void {
  for (const [path, name] of LACKING) {
    server.route({
      method: ['GET', 'POST'],
      url: `/:tenant${path}`,
      handler: () => {
        throw notEmulated(`${name} is not emulated.`);
      },
    });
  }
}
