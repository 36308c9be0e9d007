import { type Bus, createKafkaBus } from '@learnamp/bus';
import { createLogger } from '@learnamp/service';

/** The figures' own way to real brokers, past every service; it waits for them for as long as it takes. */
export const patientBus = (brokers: string, topicPrefix: string): Bus =>
  createKafkaBus({
    brokers: brokers.split(','),
    clientId: 'figures',
    topicPrefix,
    publish: 'until-closed',
    logger: createLogger('figures', 'silent'),
    onFatal: (error) => {
      throw error;
    },
  });
