export { testCaDirectory } from './certificates/test-ca-directory.ts';
export { openChromium, type OpenChromium, type OpenChromiumOptions } from './chromium/open-chromium.ts';
export { thisMachine, type Log, type Machine } from './environment/machine.ts';
export type { RealKafka } from './kafka/real-kafka.ts';
export { startKafka, type StartKafkaOptions } from './kafka/start-kafka.ts';
export { startMongo, type RealMongo, type StartMongoOptions } from './mongod/start-mongo.ts';
export { TestkitError, type TestkitErrorCode } from './testkit-error.ts';
