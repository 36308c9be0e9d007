import { type AuditChange, changeSettings, type ProvisioningSettings, SettingsError } from '@learnamp/organisations';
import type { Connection } from 'mongoose';
import { readFile } from 'node:fs/promises';
import type { Arguments } from '../command-line/arguments.ts';
import { type Command, UsageError } from '../command-line/command.ts';
import { table } from '../command-line/table.ts';
import { operator } from '../audit/operator.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';
import { assigned } from './setting-paths.ts';

export const setSettings: Command = {
  name: 'settings set',
  takes: '--organisation O [PATH=VALUE …] [--file F]',
  about: 'changes how provisioning works, all that is named or nothing; a full run follows by itself',
  flags: {
    ...organisationFlag,
    file: { type: 'string', about: 'a JSON object of settings, such as {"mapping": {…}}' },
  },
  run: async ({ connection }, args) => {
    const { id, provisioning } = await findOrganisation(connection, args);
    const wanted = args.words.reduce(assigned, { ...provisioning, ...(await settingsOf(args)) });
    const changed = await store(connection, id, changedEntries(provisioning, wanted));
    const rows = changed.map(({ path, old, new: now }) => [path, `${shown(old)} → ${shown(now)}`]);
    return { data: { changed }, text: rows.length === 0 ? 'nothing to change' : table(rows) };
  },
};

async function settingsOf(args: Arguments): Promise<object> {
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
const changedEntries = (before: ProvisioningSettings, wanted: object): Partial<ProvisioningSettings> =>
  Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => {
      const old = Object.hasOwn(before, name) ? before[name as keyof ProvisioningSettings] : undefined;
      return JSON.stringify(old) !== JSON.stringify(value);
    }),
  );

async function store(
  connection: Connection,
  id: string,
  provisioning: Partial<ProvisioningSettings>,
): Promise<readonly AuditChange[]> {
  try {
    const changes = await changeSettings(connection, id, { provisioning }, { actor: operator(), at: new Date() });
    return (changes ?? []).map((change) => ({ ...change, path: change.path.replace(/^provisioning\./, '') }));
  } catch (error) {
    if (error instanceof SettingsError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

const shown = (value: unknown) => (value === null ? '(none)' : JSON.stringify(value));
