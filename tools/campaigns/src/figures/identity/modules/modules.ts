import { basic, comprehensive, config } from './basic.ts';
import { entra } from './entra.ts';
import { fapi } from './fapi.ts';
import { type Module, skipped } from './module.ts';
import { signOutAndStart } from './sign-out.ts';

const test = (name: string) => `oidcc-client-test-${name}`;

/**
 * Modules of the OpenID conformance suite for relying parties, by its names, and our own. `idtoken-sig-none` is in its
 * basic plan and in that of the configuration, and is one module.
 */
export const modules: readonly Module[] = [
  ...basic,
  ...config,
  ...comprehensive,
  ...signOutAndStart,
  ...skipped(
    'only the code flow is used',
    ['missing-athash', 'invalid-athash', 'missing-chash', 'invalid-chash', 'nonce-unless-code-flow'].map(test),
  ),
  ...skipped(
    'issuers are known by the settings, and the application is registered by hand',
    [
      ...['discovery-webfinger-acct', 'discovery-webfinger-url', 'dynamic-registration'],
      ...['request-uri-signed-none', 'request-uri-signed-rs256'],
    ].map(test),
  ),
  ...fapi,
  ...entra,
];
