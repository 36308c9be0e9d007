// Downloads MongoDB's own mongod with mongodb-memory-server, into the folder given, and prints its path as the last
// line. A process of its own, so that a download that hangs can be ended.
import { createRequire } from 'node:module';

const { MongoBinary } = createRequire(import.meta.url)('mongodb-memory-server-core');

try {
  console.log(await MongoBinary.getPath({ downloadDir: process.argv[2] }));
} catch (error) {
  // One line, because it becomes one line in the list of what was tried.
  console.error((error instanceof Error ? error.message : String(error)).trim().replace(/\s*\n\s*/g, ' '));
  process.exitCode = 1;
}
