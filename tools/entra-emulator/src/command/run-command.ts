import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { DirectoryFile } from '../directory/directory-file.ts';
import { parseScenario, type ScenarioStep } from '../control/scenario.ts';
import { parseDirectoryFile } from '../directory/parse-directory-file.ts';
import { startEmulator, type EmulatedTenant, type Emulator } from '../emulator.ts';
import { EmulatorError } from '../emulator-error.ts';
import { generateDirectory } from '../generate/generate-directory.ts';
import { sampleCompany } from '../generate/sample-company.ts';
import { looksLikeImage } from '../photos/image-header.ts';
import { parseCommand, UsageError, type Command } from './parse-command.ts';
import { usage } from './usage.ts';

/** Does what the command line asks for and returns the exit code: 2, and one line on stderr, when it can't. */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    const command = parseCommand(args);
    if (command.kind === 'help') process.stdout.write(usage);
    else if (command.kind === 'generate') await generate(command);
    else await serve(command);
    return 0;
  } catch (error) {
    if (!(error instanceof EmulatorError) && !(error instanceof UsageError)) throw error;
    console.error(`emulator: ${error.message.replaceAll('\n', ' ')}`);
    return 2;
  }
}

async function generate({ out, people, seed, counts, managerCycle }: Command & { kind: 'generate' }): Promise<void> {
  const file = generateDirectory({ people, seed, ...counts, managerCycle });
  try {
    await writeFile(out, `${JSON.stringify(file, undefined, 1)}\n`);
  } catch (error) {
    throw new UsageError(`cannot write ${out}: ${(error as Error).message}`, { cause: error });
  }
  console.log(`${file.users.length} people, ${file.groups.length} groups: ${out}`);
}

async function serve(command: Command & { kind: 'serve' }): Promise<void> {
  const [first, ...others] = await readDirectories(command);
  const scenario = command.scenario === undefined ? [] : await readScenario(command.scenario);
  const emulator = await startEmulator({
    directory: first,
    otherTenants: others,
    scenario,
    onScenario: (line) => console.log(line),
    ...(command.throttling ? {} : { throttling: false }),
    controlFor: command.controlFor,
    host: command.host,
    port: command.port,
    tlsPort: command.tlsPort,
    latencyMs: command.latencyMs,
    certificateDirectory: dirname(resolve(command.caFile)),
  });
  const caFile = await publishAuthority(emulator, resolve(command.caFile));
  console.log(describe(emulator, [first, ...others], caFile));
  await interrupted();
  await emulator.stop();
}

async function readDirectories({
  directories,
  generated,
}: Command & { kind: 'serve' }): Promise<readonly [DirectoryFile, ...DirectoryFile[]]> {
  if (generated !== undefined) return [generateDirectory(generated)];
  const [first, ...others] = await Promise.all(directories.map(readDirectory));
  return [first ?? sampleCompany(), ...others];
}

async function readDirectory(file: string): Promise<DirectoryFile> {
  const directory = await readNamed(file, 'directory-file-invalid', parseDirectoryFile);
  // Names of photos are relative to the file that has them.
  for (const user of directory.users) {
    if (user.photo !== undefined && !looksLikeImage(Buffer.from(user.photo, 'base64'))) {
      user.photo = resolve(dirname(file), user.photo);
    }
  }
  return directory;
}

function readScenario(file: string): Promise<ScenarioStep[]> {
  return readNamed(file, 'scenario-invalid', parseScenario);
}

/** Reads a file; what is wrong with it is told with its name. */
async function readNamed<Content>(
  file: string,
  code: 'directory-file-invalid' | 'scenario-invalid',
  parse: (text: string) => Content,
): Promise<Content> {
  try {
    return parse(await readFile(file, 'utf8'));
  } catch (error) {
    const reason =
      error instanceof EmulatorError
        ? error.message
        : `cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
    throw new EmulatorError(code, `${file}: ${reason}`, { cause: error });
  }
}

/** The authority is kept as `ca.pem`; whoever asked for another name gets a copy of that name. */
async function publishAuthority({ caFile }: Emulator, wanted: string): Promise<string> {
  if (basename(wanted) === basename(caFile)) return caFile;
  await mkdir(dirname(wanted), { recursive: true });
  await copyFile(caFile, wanted);
  return wanted;
}

function describe(emulator: Emulator, files: readonly DirectoryFile[], caFile: string): string {
  const lines = [
    `Look at it  ${emulator.httpUrl}`,
    `Graph       ${emulator.graphBaseUrl}/v1.0   (also ${emulator.httpUrl}/v1.0)`,
    `CA          ${caFile}   (NODE_EXTRA_CA_CERTS)`,
    ...files.flatMap((file, index) => describeTenant(emulator, file, emulator.tenants[index])),
    'Stop with Ctrl-C.',
  ];
  return lines.join('\n');
}

function describeTenant({ authorityHost }: Emulator, file: DirectoryFile, tenant?: EmulatedTenant): string[] {
  const { tenantId = '', applications = [] } = tenant ?? {};
  return [
    `${file.tenant.displayName}: ${file.users.length} users, ${file.groups.length} groups`,
    `  Authority ${authorityHost}/${tenantId}/v2.0`,
    `  Tenant id ${tenantId}`,
    ...applications.flatMap(({ appId, displayName, passwordCredentials }) => [
      `  App       ${displayName}`,
      `    id      ${appId}`,
      `    secret  ${passwordCredentials[0]?.secretText ?? '(certificate only)'}`,
    ]),
  ];
}

function interrupted(): Promise<void> {
  return new Promise((done) => {
    // Once: a second Ctrl-C ends the process the hard way.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
}
