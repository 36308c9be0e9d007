import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Bus } from '@learnamp/bus';
import { encodeEvent, syncRequest } from '@learnamp/contracts';
import { type RunDocument, runModel } from '@learnamp/learners';
import { connectMongo } from '@learnamp/mongo';
import { organisationModel } from '@learnamp/organisations';
import { createLogger, loadConfig, startTracing, TracingVariables } from '@learnamp/service';
import type { Options } from './options.ts';
import { Closers } from './parts/closers.ts';
import { openDataFolder } from './parts/data-folder.ts';
import { ensureKeys } from './parts/keys.ts';
import { chooseDirectory, localMicrosoft, type Microsoft, realMicrosoft } from './parts/microsoft.ts';
import { openBus, openMongo } from './parts/real-parts.ts';
import { startServices } from './parts/services.ts';
import { followOutbox, outboxLine } from './report/follow-outbox.ts';
import { followRun } from './report/follow-run.ts';
import type { Terminal } from './report/terminal.ts';

/** The system while it runs. */
export interface Local {
  readonly microsoft: Microsoft;
  readonly homeUrl: string;
  readonly dataFolder: string;
  /** What `MONGODB_URI` has to say for other programs to read the same database. */
  readonly mongoUri: string;
  readonly notificationUrl: string | undefined;
  /** Asks for a full sync and waits until it has been applied. */
  syncNow(signal: AbortSignal): Promise<RunDocument>;
  /** Shows each mail that is put into the outbox, until stopped. */
  showMail(signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/** Starts everything in this process. Throws with nothing left running. */
export async function startLocal(options: Options, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<Local> {
  const closers = new Closers();
  try {
    return await start(options, env, terminal, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function start(options: Options, env: NodeJS.ProcessEnv, terminal: Terminal, closers: Closers): Promise<Local> {
  const directory = await chooseDirectory(options, env);
  const name = directory?.tenant.displayName ?? env['ORGANISATION_NAME'] ?? 'learn';
  const subdomain = env['ORGANISATION_SUBDOMAIN'] ?? subdomainOf(name);
  const tenantId = directory?.tenant.id ?? env['AZURE_TENANT_ID'] ?? '';
  const dataFolder = openDataFolder(options.data ?? join('.learnamp', subdomain), tenantId, options.reset);
  const log = createWriteStream(join(dataFolder, 'services.log'), { flags: 'a' });
  const loggerOf = (service: string) => createLogger(service, env['LOG_LEVEL'] ?? 'info', log);
  const tracing = await startTracing('learnamp', loadConfig(TracingVariables, env), loggerOf('traces'));
  closers.add(() => tracing.stop());

  const microsoft = directory ? await localMicrosoft(directory, options) : realMicrosoft(env, options.owner);
  closers.add(() => microsoft.emulator?.stop() ?? Promise.resolve());
  const mongoUri = await openMongo(dataFolder, env, (text) => terminal.line(`  ${text}`), closers);
  const bus = openBus(dataFolder, env, loggerOf('bus'), closers);
  const notificationUrl =
    env['NOTIFICATION_URL'] ?? (microsoft.emulator ? `https://localhost:${options.port + 1}` : undefined);
  const keys = ensureKeys(dataFolder);
  await startServices(
    { bus, mongoUri, microsoft, keys, subdomain, port: options.port, notificationUrl, loggerOf },
    closers,
  );

  const connection = await connectMongo({ uri: mongoUri, appName: 'local' });
  closers.add(() => connection.close());
  const organisation = await organisationModel(connection).findOne({ subdomain }).lean().orFail();
  return {
    microsoft,
    dataFolder,
    mongoUri,
    notificationUrl,
    homeUrl: `http://${subdomain}.localhost:${options.port}`,
    syncNow: async (signal) => {
      const requestId = await requestFullSync(bus, organisation._id);
      return followRun(runModel(connection), {
        requestId,
        photos: organisation.provisioning.photos,
        onProgress: terminal.progress,
        onSlow: (problem) =>
          terminal.line(`  still waiting: ${problem} (the log: ${join(dataFolder, 'services.log')})`),
        signal,
      });
    },
    showMail: (signal) => followOutbox(connection, (mail) => terminal.line(outboxLine(mail)), signal),
    stop: () => closers.closeAll(),
  };
}

async function requestFullSync(bus: Bus, organisationId: string): Promise<string> {
  const requestId = randomUUID();
  const request = { requestId, organisationId, mode: 'full', requestedBy: 'npm start' } as const;
  const about = { organisationId, key: organisationId, source: 'local', time: new Date() };
  await bus.publish([encodeEvent(syncRequest, request, about)]);
  return requestId;
}

/** A host name from the organisation's name: letters without accents, digits and single hyphens. */
function subdomainOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const label = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return label.slice(0, 40).replace(/-+$/, '') || 'learn';
}
