import { writeFile } from 'node:fs/promises';
import { type Command, UsageError } from '../command-line/command.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';
import { findPerson } from './find-person.ts';
import { namesOf, withoutSecrets } from './mentions.ts';
import { countsOf, searchFor, tableOf } from './search.ts';

export const exportCommand: Command = {
  name: 'export',
  takes: '--organisation O PERSON --out FILE',
  about: 'writes everything that is kept of a person into a file: all collections, all topics, dead letters',
  flags: {
    ...organisationFlag,
    out: { type: 'string', about: 'a file that is not there yet; only its owner may read it' },
  },
  run: async (surroundings, args) => {
    const { connection, progress, clock } = surroundings;
    const [who, more] = args.words;
    if (who === undefined || more !== undefined) throw new UsageError('whom? one Object ID, learner id or address');
    const out = args.wanted('out');
    const { id: organisationId } = await findOrganisation(connection, args);
    const reader = surroundings.topicReader();
    const { ids } = await findPerson(connection, organisationId, who);
    const found = await searchFor({ connection, progress }, reader, organisationId, namesOf(ids));
    const whole = { organisationId, person: [...ids], exportedAt: clock().toISOString(), parts: found };
    await write(out, JSON.stringify(withoutSecrets(whole), null, 2));
    return {
      data: { file: out, parts: countsOf(found) },
      text: `${tableOf(found)}\n\nwritten to ${out}`,
    };
  },
};

async function write(out: string, text: string): Promise<void> {
  await writeFile(out, `${text}\n`, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    throw new UsageError(`${out} can't be written, or is there already`, { cause: error });
  });
}
