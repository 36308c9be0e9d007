import type { FastifyHelmetOptions } from '@fastify/helmet';

export interface SecurityHeaderSettings {
  readonly centralOrigin: string;
  /** The origins of homes, as a CSP source. */
  readonly homes: string;
  /** Microsoft is a local one, whose pages and calls are on different doors of this machine. */
  readonly localAuthority: boolean;
}

/** Headers for every answer: nothing from elsewhere, nothing inline, no frames. */
export function securityHeaders({
  centralOrigin,
  homes,
  localAuthority,
}: SecurityHeaderSettings): FastifyHelmetOptions {
  const local = localAuthority ? ['http://localhost:*', 'http://127.0.0.1:*'] : [];
  const overHttps = centralOrigin.startsWith('https:');
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        // Chromium checks every redirect that follows a form: to Microsoft, on to a company's own federation server
        // anywhere, and back by the central host.
        formAction: ["'self'", centralOrigin, homes, 'https:', ...local],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: overHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // no-referrer would make browsers send "Origin: null" with our own forms.
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  };
}
