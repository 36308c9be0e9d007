// The emulator in a process of its own, which says what it uses. Its one argument is an EmulatorSetup as JSON.
import { readFile } from 'node:fs/promises';
import { parseDirectoryFile, startEmulator } from '@learnamp/entra-emulator';
import type { EmulatorSetup, Loaded, Usage } from './measured-emulator.ts';

const setup = JSON.parse(process.argv[2] ?? '') as EmulatorSetup;
// The channel closes when the parent is gone, whatever ended it.
process.on('disconnect', () => process.exit(0));

// Graph's budgets are below what is measured here.
const directory = parseDirectoryFile(await readFile(setup.directoryFile, 'utf8'));
const emulator = await startEmulator({ directory, throttling: false, ...setup });
const [application] = emulator.applications;
const loaded: Loaded = {
  ...usage(),
  httpUrl: emulator.httpUrl,
  authorityHost: emulator.authorityHost,
  graphBaseUrl: emulator.graphBaseUrl,
  tenantId: emulator.tenantId,
  clientId: application?.appId ?? '',
  clientSecret: application?.passwordCredentials[0]?.secretText ?? '',
};
process.send?.(loaded);
process.on('message', () => process.send?.(usage()));

/** Since the process began: its start and the loading of modules are part of it. */
function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, residentMb: process.resourceUsage().maxRSS / 1024 };
}
