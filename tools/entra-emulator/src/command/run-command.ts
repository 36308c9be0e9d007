import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { DirectoryFile } from '../directory/directory-file.ts';
import { parseDirectoryFile } from '../directory/parse-directory-file.ts';
import { startEmulator, type Emulator } from '../emulator.ts';
import { EmulatorError } from '../emulator-error.ts';
import { generateDirectory } from '../generate/generate-directory.ts';
import { sampleCompany } from '../generate/sample-company.ts';
import { parseCommand, usage, UsageError, type Command } from './parse-command.ts';

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
  const { directory, base } = await readDirectory(command.directory);
  const emulator = await startEmulator({
    directory,
    directoryBase: base,
    port: command.port,
    tlsPort: command.tlsPort,
    latencyMs: command.latencyMs,
    certificateDirectory: dirname(resolve(command.caFile)),
  });
  const caFile = await publishAuthority(emulator, resolve(command.caFile));
  console.log(describe(emulator, directory, caFile));
  await interrupted();
  await emulator.stop();
}

async function readDirectory(file: string | undefined): Promise<{ directory: DirectoryFile; base: string }> {
  if (file === undefined) return { directory: sampleCompany(), base: '.' };
  try {
    return { directory: parseDirectoryFile(await readFile(file, 'utf8')), base: dirname(resolve(file)) };
  } catch (error) {
    const reason =
      error instanceof EmulatorError
        ? error.message
        : `cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
    throw new EmulatorError('directory-file-invalid', `${file}: ${reason}`, { cause: error });
  }
}

/** The authority is kept as `ca.pem`; whoever asked for another name gets a copy of that name. */
async function publishAuthority({ caFile }: Emulator, wanted: string): Promise<string> {
  if (basename(wanted) === basename(caFile)) return caFile;
  await mkdir(dirname(wanted), { recursive: true });
  await copyFile(caFile, wanted);
  return wanted;
}

function describe(emulator: Emulator, { tenant, users, groups }: DirectoryFile, caFile: string): string {
  const lines = [
    `${tenant.displayName}: ${users.length} users, ${groups.length} groups`,
    `Graph       ${emulator.graphBaseUrl}/v1.0   (also ${emulator.httpUrl}/v1.0)`,
    `Authority   ${emulator.authorityHost}/${emulator.tenantId}/v2.0`,
    `Tenant id   ${emulator.tenantId}`,
    ...emulator.applications.flatMap(({ appId, displayName, passwordCredentials }) => [
      `App         ${displayName}`,
      `  id        ${appId}`,
      `  secret    ${passwordCredentials[0]?.secretText ?? '(certificate only)'}`,
    ]),
    `CA          ${caFile}   (NODE_EXTRA_CA_CERTS)`,
    'Stop with Ctrl-C.',
  ];
  return lines.join('\n');
}

function interrupted(): Promise<void> {
  return new Promise((done) => {
    // Once: a second Ctrl-C ends the process the hard way.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
}
