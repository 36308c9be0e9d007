import { type RealKafka, startKafka } from '@learnamp/testkit';

let kafka: Promise<RealKafka> | undefined;

/** The broker of all rows of this process; it ends with it. A row that kills it starts it again before its end. */
export const theKafka = (): Promise<RealKafka> => (kafka ??= startKafka({ own: true }));
