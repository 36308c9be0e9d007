// Jest in a process that ends when its parent is gone, whatever ended it. Takes Jest's arguments.
import { createRequire } from 'node:module';

process.on('disconnect', () => process.exit(1));
// The channel is there to notice the parent's end, not to keep Jest alive after the last test.
process.channel?.unref();

createRequire(import.meta.url)('jest/bin/jest');
