import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateDirectory, portrait } from '@learnamp/entra-emulator';

export interface OrganisationSize {
  readonly people: number;
  readonly groups: number;
  readonly seed: number;
}

/** Portraits that are different from each other; the files are as many as the people all the same. */
const PORTRAITS = 16;

/** Writes a directory file whose people have a photo each, by file name. Returns the file's name and everybody's id. */
export function writeOrganisation(folder: string, size: OrganisationSize): { file: string; userIds: string[] } {
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
  return { file, userIds: users.map(({ id }) => id) };
}
