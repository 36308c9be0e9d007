import { join } from 'node:path';

import type { Machine } from '../environment/machine.ts';
import { findExecutable, isExecutable } from '../processes/find-executable.ts';
import { runCommand } from '../processes/run-command.ts';

/** Kafka 4 brokers need Java 17 (KIP-1013). */
const OLDEST_JAVA = 17;
const ADVICE = `install Java ${OLDEST_JAVA} or later (on Debian and Ubuntu: apt-get install openjdk-17-jre-headless)`;

/** The `java` of `JAVA_HOME` or of the PATH. Rejects with what to install when it is missing or too old. */
export async function findJava({ env }: Machine): Promise<string> {
  const home = env['JAVA_HOME'] ? join(env['JAVA_HOME'], 'bin', 'java') : undefined;
  const java = home !== undefined && isExecutable(home) ? home : findExecutable('java', env);
  if (java === undefined) throw new Error(`there is no java on the PATH; ${ADVICE}`);
  const version = javaMajorVersion(await runCommand(java, ['-version'], { env, timeoutMs: 20_000 }));
  if (version === undefined || version < OLDEST_JAVA) {
    throw new Error(`${java} is Java ${version ?? 'of an unknown version'}; ${ADVICE}`);
  }
  return java;
}

/** The major version in what `java -version` prints: 17 for `"17.0.15"`, 8 for `"1.8.0_292"`. */
export function javaMajorVersion(output: string): number | undefined {
  const version = /version "(?:1\.)?(\d+)/.exec(output)?.[1];
  return version === undefined ? undefined : Number(version);
}
