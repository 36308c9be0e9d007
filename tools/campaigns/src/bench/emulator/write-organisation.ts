import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateDirectory, portrait } from '@learnamp/entra-emulator';

export interface OrganisationSize {
  readonly people: number;
  readonly groups: number;
  readonly seed: number;
}

/** The file's name, everybody's id, and the root group's. */
export interface WrittenOrganisation {
  readonly file: string;
  readonly userIds: string[];
  readonly rootGroupId: string;
}

/** Portraits that are different from each other; the files are as many as the people all the same. */
const PORTRAITS = 16;

/** Writes a directory file whose people have a photo each, by file name. */
export function writeOrganisation(folder: string, size: OrganisationSize): WrittenOrganisation {
  const directory = generateDirectory({ ...size, photos: 0 });
  const portraits = Array.from({ length: Math.min(PORTRAITS, size.people) }, (_, number) => portrait(number));
  mkdirSync(join(folder, 'photos'));
  const users = directory.users.map((user, index) => {
    const photo = `photos/${user.id}.png`;
    writeFileSync(join(folder, photo), portraits[index % portraits.length] ?? '');
    return { ...user, photo };
  });
  const file = join(folder, 'directory.json');
  writeFileSync(file, JSON.stringify({ ...directory, users }));
  return { file, userIds: users.map(({ id }) => id), rootGroupId: directory.rootGroupId ?? '' };
}
