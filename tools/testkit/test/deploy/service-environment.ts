import { join } from 'node:path';

import { workspaceRoot } from '../../bin/bootstrap.mjs';

type Env = Record<string, string | undefined>;
type Load = (env: Env) => unknown;

/** The four services and the name under which each exports what reads its environment. */
const loaders = {
  'auth-gateway': 'loadAuthGatewayConfig',
  'webhook-ingest': 'loadWebhookIngestConfig',
  'directory-sync': 'Environment',
  'profile-writer': 'readConfig',
} as const;

export type ServiceName = keyof typeof loaders;
export const serviceNames = Object.keys(loaders) as ServiceName[];

/** Whatever runs in a pod: the services, and the command line as a Job. */
export type ProgramName = ServiceName | 'ops';

const programs: Readonly<Record<ProgramName, string>> = { ...loaders, ops: 'loadOpsConfig' };

/** Reads an environment as the program does at its start; throws what it would print. */
export async function readAsService(service: ProgramName, env: Env): Promise<void> {
  const load = await loaderOf(service);
  load(env);
}

/** The variables that a program looks at, `NAME_FILE` among them, found by watching it look. */
export async function variablesOf(service: ProgramName): Promise<Set<string>> {
  const load = await loaderOf(service);
  const seen = new Set<string>();
  const watched = new Proxy<Env>({}, { get: (_target, name) => (seen.add(String(name)), undefined) });
  try {
    load(watched);
  } catch {
    // Nothing is set, so it complains; by then it has looked at everything.
  }
  return seen;
}

// Imported by path: a tool that depended on the apps would close a circle, because the apps are tested with this tool.
async function loaderOf(service: ProgramName): Promise<Load> {
  const config = await importSource(`apps/${service}/src/config.ts`);
  const exported = config[programs[service]];
  if (typeof exported === 'function') return exported as Load;
  const { loadConfig } = await importSource('libs/service/src/config.ts');
  return (env) => (loadConfig as (schema: unknown, env: Env) => unknown)(exported, env);
}

async function importSource(path: string): Promise<Record<string, unknown>> {
  return (await import(join(workspaceRoot, path))) as Record<string, unknown>;
}
