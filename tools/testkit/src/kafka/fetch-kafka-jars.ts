import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { fetchOnce } from '../cache/fetch-once.ts';
import { cacheDirectory, type Log, type Machine } from '../environment/machine.ts';
import { findExecutable } from '../processes/find-executable.ts';
import { runCommand } from '../processes/run-command.ts';
import { reasonOf } from '../testkit-error.ts';
import { KAFKA_VERSION, kafkaJars, kafkaRoots } from './kafka-jars.ts';

const CENTRAL = 'https://repo.maven.apache.org/maven2';
const TIMEOUT_MS = 300_000;
const SILENCE_MS = 20_000;

/**
 * The folder with the broker's jars, fetched at first use: by Maven, which knows the user's mirrors and proxies, else
 * straight from Maven Central. Rejects with the reasons when neither works.
 */
export function fetchKafkaJars(machine: Machine, log: Log): Promise<string> {
  return fetchOnce(join(cacheDirectory(machine), `kafka-${KAFKA_VERSION}`), async (into) => {
    log(`fetching Apache Kafka ${KAFKA_VERSION} from Maven Central (${kafkaJars.length} jars, 43 MB)`);
    try {
      await fetchWithMaven(machine, into);
    } catch (mavenError) {
      log(`Maven could not fetch it (${reasonOf(mavenError)}); asking Maven Central directly`);
      await fetchDirectly(into).catch((error: unknown) => {
        throw new Error(`mvn: ${reasonOf(mavenError)}; Maven Central: ${reasonOf(error)}`);
      });
    }
  });
}

async function fetchWithMaven({ env }: Machine, into: string): Promise<void> {
  const maven = findExecutable('mvn', env);
  if (maven === undefined) throw new Error('mvn is not on the PATH');
  const pom = join(into, 'pom.xml');
  await writeFile(pom, kafkaPom());
  const copy = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${into}`];
  await runCommand(maven, ['-B', '-q', '-f', pom, ...copy], { env, timeoutMs: TIMEOUT_MS });
  const missing = kafkaJars.map(([path]) => basename(path)).filter((jar) => !existsSync(join(into, jar)));
  if (missing.length > 0) throw new Error(`it did not bring ${missing.join(', ')}`);
}

function kafkaPom(): string {
  const dependencies = kafkaRoots.map(
    ({ groupId, artifactId, version }) =>
      `<dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>`,
  );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.learnamp</groupId><artifactId>kafka-for-tests</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>${dependencies.join('')}</dependencies>
</project>
`;
}

async function fetchDirectly(into: string): Promise<void> {
  const left = [...kafkaJars];
  const fetchNext = async (): Promise<void> => {
    for (let jar = left.pop(); jar !== undefined; jar = left.pop()) await fetchJar(jar, into);
  };
  await Promise.all(Array.from({ length: 6 }, fetchNext));
}

async function fetchJar([path, sha256]: readonly [string, string], into: string): Promise<void> {
  const answer = await fetch(`${CENTRAL}/${path}`, { signal: AbortSignal.timeout(SILENCE_MS * 3) });
  if (!answer.ok) throw new Error(`${basename(path)}: HTTP ${answer.status}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`${basename(path)} is not the file that was reviewed (SHA-256 ${found})`);
  await writeFile(join(into, basename(path)), bytes);
}
