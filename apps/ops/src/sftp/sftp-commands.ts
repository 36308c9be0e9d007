import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import {
  type AuditChange,
  endSftp,
  setSftp,
  SettingsError,
  sftpLookModel,
  type SftpPlace,
  type SftpSecret,
  sftpSettingsModel,
} from '@learnamp/organisations';
import type { Arguments } from '../command-line/arguments.ts';
import { type Answer, type Command, UsageError } from '../command-line/command.ts';
import { table } from '../command-line/table.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';

export const setSftpCommand: Command = {
  name: 'sftp set',
  takes: '--organisation O --host H --user U --host-key SHA256:… --folder /F (--key-file F | --password-file F)',
  about: 'where lists of people are dropped for an organisation; they are fetched once a minute (needs SEALING_KEYS)',
  flags: {
    ...organisationFlag,
    host: { type: 'string', about: 'the sFTP server' },
    port: { type: 'string', about: 'its port (22)' },
    user: { type: 'string', about: 'who signs in there' },
    'host-key': { type: 'string', about: 'the only host key that is believed, as ssh-keygen -l writes it' },
    folder: { type: 'string', about: 'an absolute path; done and failed are made in it' },
    'key-file': { type: 'string', about: 'a private key in PEM or OpenSSH’s form, without a passphrase' },
    'password-file': { type: 'string', about: 'a file with the password' },
  },
  run: async ({ connection, seals, clock }, args) => {
    const { id } = await findOrganisation(connection, args);
    const wanted = { place: placeOf(args), secret: await secretOf(args) };
    try {
      return answerOf(await setSftp(connection, seals(), id, wanted, by(clock())));
    } catch (error) {
      if (error instanceof SettingsError) throw new UsageError(error.message, { cause: error });
      throw error;
    }
  },
};

export const endSftpCommand: Command = {
  name: 'sftp end',
  takes: '--organisation O',
  about: 'fetches no more lists for an organisation, and forgets the secret',
  flags: organisationFlag,
  run: async ({ connection, clock }, args) => {
    const { id } = await findOrganisation(connection, args);
    return answerOf(await endSftp(connection, id, by(clock())));
  },
};

export const showSftpCommand: Command = {
  name: 'sftp show',
  takes: '--organisation O',
  about: 'where lists of people are dropped for an organisation, and how the last look there went',
  flags: organisationFlag,
  run: async ({ connection }, args) => {
    const { id } = await findOrganisation(connection, args);
    const found = await sftpSettingsModel(connection).findById(id).lean();
    if (!found) return { data: null, text: 'no lists are fetched for this organisation' };
    const { host, port, username: user, hostKey, folder, secretKind } = found;
    const look = await sftpLookModel(connection).findById(id).lean();
    const last = { lookedAt: look?.lookedAt?.toISOString() ?? null, problem: look?.problem ?? null };
    const data = { host, port, user, hostKey, folder, secret: secretKind, ...last };
    return { data, text: table(Object.entries(data).map(([name, value]) => [name, String(value ?? '(none)')])) };
  },
};

const by = (at: Date) => ({ actor: { kind: 'operator', id: userInfo().username } as const, at });

const placeOf = (args: Arguments): SftpPlace => ({
  host: args.wanted('host'),
  port: Number(args.text('port') ?? '22'),
  username: args.wanted('user'),
  hostKey: args.wanted('host-key'),
  folder: args.wanted('folder'),
});

/** From a file: what stands on a command line is seen by everybody on the machine. */
async function secretOf(args: Arguments): Promise<SftpSecret> {
  const [key, password] = [args.text('key-file'), args.text('password-file')];
  if ((key === undefined) === (password === undefined)) {
    throw new UsageError('one of --key-file and --password-file is wanted');
  }
  const path = key ?? password ?? '';
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(`${path} can't be read`);
  });
  const secret = key === undefined ? text.replace(/\r?\n$/, '') : text;
  if (secret.trim() === '') throw new UsageError(`${path} is empty`);
  return { kind: key === undefined ? 'password' : 'private-key', secret };
}

const answerOf = (changed: readonly AuditChange[]): Answer => ({
  data: { changed },
  text: changed.length === 0 ? 'nothing to change' : `${changed.length} settings are changed`,
});
