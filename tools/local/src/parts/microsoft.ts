import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  defaultApplication,
  type DirectoryFile,
  type Emulator,
  parseDirectoryFile,
  sampleCompany,
  startEmulator,
} from '@learnamp/entra-emulator';
import { ApplicationVariables, loadConfig } from '@learnamp/service';
import { type Options, UsageError } from '../options.ts';
import { certificateDirectory } from './authority.ts';

/** The Microsoft that the services talk to. */
export interface Microsoft {
  /** The application, as the services are told of it. */
  readonly application: ApplicationVariables;
  readonly tenantId: string;
  readonly groupId: string;
  readonly organisationName: string;
  readonly owner: string | undefined;
  readonly emulator: Emulator | undefined;
}

const realVariables = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_GROUP_ID'] as const;

/** The directory to emulate; undefined when the environment names the real Microsoft. @throws UsageError, EmulatorError */
export async function chooseDirectory(options: Options, env: NodeJS.ProcessEnv): Promise<DirectoryFile | undefined> {
  const given = realVariables.filter((name) => env[name]);
  if (given.length === 0) {
    return options.directory ? parseDirectoryFile(await readText(options.directory)) : sampleCompany();
  }
  const missing: string[] = realVariables.filter((name) => !env[name]);
  if (!env['AZURE_CLIENT_SECRET'] && !env['AZURE_CLIENT_CERTIFICATE_PATH']) {
    missing.push('AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH');
  }
  if (missing.length > 0) throw new UsageError(`for the real Microsoft, set ${missing.join(', ')} too`);
  if (options.directory)
    throw new UsageError('--directory is for the local Microsoft: unset AZURE_TENANT_ID to use it');
  return undefined;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`the directory file ${path} can't be read`, { cause });
  }
}

/** The real Microsoft, by the environment. @throws ConfigError */
export function realMicrosoft(env: NodeJS.ProcessEnv, owner: string | undefined): Microsoft {
  return {
    application: loadConfig(ApplicationVariables, env),
    tenantId: env['AZURE_TENANT_ID'] ?? '',
    groupId: env['AZURE_GROUP_ID'] ?? '',
    organisationName: env['ORGANISATION_NAME'] ?? 'My organisation',
    owner: owner ?? env['ORGANISATION_OWNER'],
    emulator: undefined,
  };
}

const ROOT_GROUP = 'Learn Amp Users';

/** Starts the local Microsoft with one application that is registered for this installation's addresses. */
export async function localMicrosoft(directory: DirectoryFile, options: Options): Promise<Microsoft> {
  const groupId = rootGroupId(directory);
  const redirectUris = ['/auth/callback', '/auth/signed-out'].map((path) => `http://localhost:${options.port}${path}`);
  const registered = { ...defaultApplication(directory.tenant), web: { redirectUris } };
  const emulator = await startEmulator({
    directory: { ...directory, applications: directory.applications ?? [registered] },
    ...(options.directory ? { directoryBase: dirname(options.directory) } : {}),
    port: options.port + 1100,
    tlsPort: options.port + 1143,
    latencyMs: options.latencyMs,
    certificateDirectory: certificateDirectory(),
  });
  const [application] = emulator.applications;
  const [password] = application?.passwordCredentials ?? [];
  if (!application || !password) {
    await emulator.stop();
    throw new UsageError('the first of the applications in the directory file needs a passwordCredential');
  }
  return {
    application: {
      AZURE_CLIENT_ID: application.appId,
      AZURE_CLIENT_SECRET: password.secretText,
      ENTRA_AUTHORITY_HOST: emulator.authorityHost,
      GRAPH_BASE_URL: emulator.graphBaseUrl,
    },
    tenantId: emulator.tenantId,
    groupId,
    organisationName: directory.tenant.displayName,
    owner: options.owner ?? firstOwner(directory, groupId),
    emulator,
  };
}

function rootGroupId(directory: DirectoryFile): string {
  const named = directory.groups.find((group) => group.displayName === ROOT_GROUP);
  const id = directory.rootGroupId ?? named?.id;
  if (!id) throw new UsageError(`the directory file has no rootGroupId and no group named "${ROOT_GROUP}"`);
  return id;
}

/** An administrator of the tenant who is in the group, else whoever there has most reports: somebody to be Owner. */
function firstOwner(directory: DirectoryFile, rootId: string): string | undefined {
  const groups = new Map(directory.groups.map((group) => [group.id, group]));
  const people = new Set<string>();
  const seen = new Set([rootId]);
  for (const id of seen) {
    for (const member of groups.get(id)?.members ?? []) (groups.has(member.id) ? seen : people).add(member.id);
  }
  const reports = new Map<string, number>();
  for (const { manager } of directory.users) if (manager) reports.set(manager.id, (reports.get(manager.id) ?? 0) + 1);
  const members = directory.users.filter((user) => people.has(user.id) && user.accountEnabled !== false);
  members.sort((a, b) => (reports.get(b.id) ?? 0) - (reports.get(a.id) ?? 0));
  const administrators = new Set(directory.directoryRoles?.flatMap((role) => role.members.map(({ id }) => id)));
  const owner = members.find((user) => administrators.has(user.id)) ?? members[0];
  return owner?.userPrincipalName;
}
