import { randomUUID } from 'node:crypto';
import { Applications } from '../directory/applications.ts';
import { Directory } from '../directory/directory.ts';
import type { DirectoryFile } from '../directory/directory-file.ts';
import { createDirectoryRoles } from '../directory/directory-roles.ts';
import { applicationsOf, directorySeed } from '../directory/directory-seed.ts';
import { createDirectoryWrites } from '../directory/directory-writes.ts';
import { Replicas } from '../directory/replica.ts';
import type { PhotoStore } from '../photos/photo-store.ts';
import { defaultDeltaOptions, type DeltaOptions } from './delta/delta-options.ts';
import { createDeltaWalks } from './delta/delta-walks.ts';
import { PageStore } from './paging/page-store.ts';
import type { GraphTenant } from './protocol/graph-call.ts';

/** What Graph lets a caller take for a round of pages: its own number is not published, half an hour is generous. */
const PAGE_TOKEN_LIFETIME_MS = 30 * 60 * 1000;

/** A tenant in memory, from its parsed file. */
export function createTenant(
  file: DirectoryFile,
  photos: PhotoStore,
  delta: Partial<DeltaOptions>,
  clock: () => Date,
  newId: () => string = randomUUID,
): GraphTenant {
  const seed = directorySeed(file);
  const directory = new Directory(seed);
  const writes = createDirectoryWrites(directory, clock);
  return {
    directory,
    replicas: new Replicas(directory, seed),
    writes,
    photos,
    applications: new Applications({ directory, writes }, applicationsOf(file), file.servicePrincipals),
    roles: createDirectoryRoles(file),
    listPages: new PageStore(PAGE_TOKEN_LIFETIME_MS, clock),
    delta: createDeltaWalks({ ...defaultDeltaOptions, ...delta }, PAGE_TOKEN_LIFETIME_MS, clock),
    newId,
  };
}
