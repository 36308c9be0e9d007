import { describe, expect, it } from '@jest/globals';
import { createKafkaBus } from '../../src/index.ts';
import { silentLogger } from '../support/silent-logger.ts';

function configOf(replicationFactor: number) {
  const bus = createKafkaBus({
    ...{ brokers: ['127.0.0.1:1'], clientId: 'test', publish: 'until-closed', replicationFactor },
    logger: silentLogger,
    onFatal: () => undefined,
  });
  return bus.wholeSpecs([{ name: 'users', partitions: 1 }]).map(({ config }) => config?.['min.insync.replicas']);
}

describe('topics with copies', () => {
  it('take a record only when all copies but one have it, dead letters as well', () => {
    expect(configOf(3)).toEqual(['2', '2']);
  });

  it('are left as the brokers have it where one broker could not be away then', () => {
    expect([configOf(1), configOf(2)].flat()).toEqual([undefined, undefined, undefined, undefined]);
  });
});
