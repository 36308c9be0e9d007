import { cloudOf, describeStartFailure } from '@learnamp/service';
import { help, type Options, parseOptions } from './options.ts';
import { type Summary, summaryOf, summaryTable } from './report/summary.ts';
import { createTerminal, type Terminal } from './report/terminal.ts';
import { type Local, startLocal } from './start-local.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

process.exit(await run(process.argv.slice(2)));

/** The program; its result is the exit code. */
async function run(args: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    if (options.help) {
      console.log(help);
      return 0;
    }
    // With --json stdout is for the program that reads it; people read stderr.
    const terminal = createTerminal(options.json ? process.stderr : process.stdout);
    return await serve(options, terminal);
  } catch (error) {
    console.error(describeStartFailure(error));
    return 2;
  }
}

async function serve(options: Options, terminal: Terminal): Promise<number> {
  const local = await startLocal(options, process.env, terminal);
  try {
    introduce(local, terminal);
    const run = await local.syncNow(stop.signal);
    const summary = summaryOf(run);
    report(local, summary, run.managerCycles, terminal);
    if (options.json) console.log(JSON.stringify(summary));
    if (!options.once) await stayUp(local, terminal);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return 0;
    terminal.line(describeFailure(error));
    return 1;
  } finally {
    terminal.line('  stopping');
    await local.stop();
  }
}

const describeFailure = (error: unknown) => `  failed: ${error instanceof Error ? error.message : String(error)}`;

function introduce({ microsoft, dataFolder, notificationUrl }: Local, { line }: Terminal): void {
  const where = microsoft.emulator
    ? `local, ${microsoft.emulator.httpsUrl}`
    : cloudOf(microsoft.application).graphBaseUrl;
  line(`\nLearn Amp · Azure AD integration · ${microsoft.organisationName}`);
  line(`  Microsoft      ${where}`);
  line(
    `  changes follow ${notificationUrl ? `by notifications to ${notificationUrl}` : 'by timer: NOTIFICATION_URL is not set'}`,
  );
  line(`  data and log   ${dataFolder}\n`);
}

function report(local: Local, summary: Summary, cycles: readonly (readonly string[])[], { line }: Terminal): void {
  line(`\nProvisioned\n${summaryTable(summary)}`);
  if (cycles.length > 0) {
    const chains = cycles.map((cycle) => `${cycle.length} people`).join(', ');
    line(
      `  manager chains that lead back to themselves: ${cycles.length} (${chains}); linked as they are, listed in the run`,
    );
  }
  line('');
}

async function stayUp(local: Local, { line }: Terminal): Promise<void> {
  const { emulator, owner } = local.microsoft;
  line(`Open ${local.homeUrl}`);
  if (owner) line(`  sign in as ${owner} to be Owner`);
  if (emulator) {
    const [application] = emulator.applications;
    line(`  the local Microsoft: ${emulator.httpUrl} (Graph at /v1.0, sign-in pages)`);
    line(
      `  tenant ${emulator.tenantId}, client ${application?.appId ?? ''}, secret ${application?.passwordCredentials[0]?.secretText ?? ''}`,
    );
    line(`  to call it over https (${emulator.httpsUrl}), trust ${emulator.caFile}`);
  }
  line(`  to look inside: MONGODB_URI='${local.mongoUri}' npx learnamp-ops organisations list`);
  line('  Ctrl-C stops; the data stays, and --reset clears it\n');
  if (stop.signal.aborted) return;
  await local.showMail(stop.signal);
}
