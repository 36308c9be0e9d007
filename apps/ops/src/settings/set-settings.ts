import { learnerModel } from '@learnamp/learners';
import { type AuditChange, changeSettings, SettingsError } from '@learnamp/organisations';
import type { Connection } from 'mongoose';
import { readFile } from 'node:fs/promises';
import type { Arguments } from '../command-line/arguments.ts';
import { type Command, UsageError } from '../command-line/command.ts';
import { table } from '../command-line/table.ts';
import { operator } from '../audit/operator.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';
import { assigned } from './setting-paths.ts';
import { type Settings, settingsOf } from './settings-of.ts';

export const setSettings: Command = {
  name: 'settings set',
  takes: '--organisation O [PATH=VALUE …] [--file F]',
  about:
    'changes how provisioning, signing in and notices work, all that is named or nothing; a full run follows by itself',
  flags: {
    ...organisationFlag,
    file: { type: 'string', about: 'a JSON object of settings, such as {"mapping": {…}}' },
  },
  run: async ({ connection }, args) => {
    const organisation = await findOrganisation(connection, args);
    const settings = settingsOf(organisation);
    const wanted = args.words.reduce(assigned, { ...settings, ...(await settingsInFile(args)) });
    const changed = await store(connection, organisation.id, changedEntries(settings, wanted));
    const rows = changed.map(({ path, old, new: now }) => [path, `${shown(old)} → ${shown(now)}`]);
    return { data: { changed }, text: rows.length === 0 ? 'nothing to change' : table(rows) };
  },
};

async function settingsInFile(args: Arguments): Promise<object> {
  const file = args.text('file');
  if (file === undefined) {
    if (args.words.length === 0) throw new UsageError('nothing is named that could be set; settings show lists all');
    return {};
  }
  const settings = parsed(await readFile(file, 'utf8').catch(() => undefined));
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw new UsageError(`${file} is not there, or is no JSON object`);
  }
  return settings;
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return undefined;
  }
}

/** The settings that differ, whole: what is left out is not touched. */
const changedEntries = (before: Settings, wanted: object): Partial<Settings> =>
  Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => {
      const old = Object.hasOwn(before, name) ? before[name as keyof Settings] : undefined;
      return JSON.stringify(old) !== JSON.stringify(value);
    }),
  );

async function store(
  connection: Connection,
  id: string,
  { singleSignOn, passwords, notifications, ...provisioning }: Partial<Settings>,
): Promise<readonly AuditChange[]> {
  try {
    const change = {
      provisioning,
      ...(singleSignOn ? { singleSignOn } : {}),
      ...(passwords ? { passwords } : {}),
      ...(notifications ? { notifications } : {}),
    };
    const isActive = async (_id: string) =>
      (await learnerModel(connection).exists({ _id, organisationId: id, active: true })) !== null;
    const changes = await changeSettings(connection, id, change, { actor: operator(), at: new Date(), isActive });
    return (changes ?? []).map((change) => ({ ...change, path: change.path.replace(/^provisioning\./, '') }));
  } catch (error) {
    if (error instanceof SettingsError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

const shown = (value: unknown) => (value === null ? '(none)' : JSON.stringify(value));
