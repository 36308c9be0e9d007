import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../src/config.ts';

const given = { MONGODB_URI: 'mongodb://localhost/learnamp', KAFKA_BROKERS: 'one:9092,two:9092' };

describe('readConfig', () => {
  it('needs MongoDB and Kafka and knows the rest', () => {
    expect(readConfig(given)).toEqual({
      ...given,
      KAFKA_CLIENT_ID: 'profile-writer',
      KAFKA_REPLICATION_FACTOR: 1,
      KAFKA_SESSION_SECONDS: 30,
      TOPIC_PREFIX: '',
      ORGANISATION_HOST_SUFFIX: 'learnamp.com',
      CENTRAL_ORIGIN: 'https://login.learnamp.com',
      HOST: '0.0.0.0',
      HEALTH_PORT: 3000,
      LOG_LEVEL: 'info',
    });
  });

  it('names everything that is missing or wrong, and shows no value', () => {
    const read = () => readConfig({ KAFKA_BROKERS: 'one:9092', HEALTH_PORT: 'secret-1', LOG_LEVEL: 'secret-2' });

    expect(read).toThrow(/MONGODB_URI/u);
    expect(read).toThrow(/HEALTH_PORT/u);
    expect(read).toThrow(/LOG_LEVEL/u);
    expect(read).not.toThrow(/secret/u);
  });
});
