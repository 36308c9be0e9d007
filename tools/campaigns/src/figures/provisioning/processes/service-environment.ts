import { join } from 'node:path';
import { testCaDirectory } from '@learnamp/testkit';

/** Where Microsoft is, and what the services need to ask it. */
export interface MicrosoftAddress {
  readonly authorityHost: string;
  readonly graphBaseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface Places {
  readonly mongoUri: string;
  readonly brokers: string;
  readonly topicPrefix: string;
  readonly microsoft: MicrosoftAddress;
  readonly keys: { readonly sealing: string; readonly blindIndex: string };
}

/** What processes of services are told of where everything is; ports are those that are free. */
export function serviceEnvironment({ mongoUri, brokers, topicPrefix, microsoft, keys }: Places) {
  return {
    HOST: '127.0.0.1',
    HEALTH_PORT: '0',
    METRICS_PORT: '0',
    MONGODB_URI: mongoUri,
    KAFKA_BROKERS: brokers,
    TOPIC_PREFIX: topicPrefix,
    NODE_EXTRA_CA_CERTS: join(testCaDirectory(), 'ca.pem'),
    AZURE_CLIENT_ID: microsoft.clientId,
    AZURE_CLIENT_SECRET: microsoft.clientSecret,
    ENTRA_AUTHORITY_HOST: microsoft.authorityHost,
    GRAPH_BASE_URL: microsoft.graphBaseUrl,
    SEALING_KEYS: keys.sealing,
    BLIND_INDEX_KEY: keys.blindIndex,
  };
}
