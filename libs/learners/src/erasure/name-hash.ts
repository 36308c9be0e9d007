import { createHash } from 'node:crypto';

/** An address or an employee id of somebody, so that others can look for it and not read it. Case doesn't matter. */
export const nameHash = (organisationId: string, name: string): string =>
  createHash('sha256').update(`${organisationId}\n${name.trim().toLowerCase()}`).digest('hex');
