import type { X509Certificate } from 'node:crypto';

const DAY_MS = 86_400_000;
const RENEW_DAYS_BEFORE = 30;

/** A life of so many days, begun an hour ago: clocks of a machine and its containers may differ a little. */
export function validityFrom(now: Date, days: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now.getTime() - DAY_MS / 24), notAfter: new Date(now.getTime() + days * DAY_MS) };
}

/** Whether a certificate is not valid yet, or not for another 30 days. */
export function wearsOff(certificate: X509Certificate, now: Date): boolean {
  const renewAt = Date.parse(certificate.validTo) - RENEW_DAYS_BEFORE * DAY_MS;
  return now.getTime() < Date.parse(certificate.validFrom) || now.getTime() >= renewAt;
}
