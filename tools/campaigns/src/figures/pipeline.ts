import type { Campaign, CampaignRow } from '../campaign.ts';
import { compiled, MeasuringProcess } from './measuring/measuring-process.ts';
import { acceptedVariants } from './pipeline/accepted/variants.ts';
import { brokerKillVariants, lostAnswerVariants } from './pipeline/acknowledged/variants.ts';
import { answerTimeVariants } from './pipeline/answer-times/variants.ts';
import { rebalanceVariants, writerKillVariants } from './pipeline/churn/variants.ts';
import { forgeryVariants } from './pipeline/forged/variants.ts';
import { handshakeVariants } from './pipeline/handshakes/variants.ts';
import { malformedVariants } from './pipeline/malformed/variants.ts';
import { mongoFaultVariants } from './pipeline/mongo-faults/variants.ts';
import { poisonVariants } from './pipeline/poison/variants.ts';
import { replayVariants } from './pipeline/replays/variants.ts';
import { rollingRestartVariants } from './pipeline/rolling-restarts/variants.ts';
import { soakVariants } from './pipeline/soak/variants.ts';
import { threeBrokerVariants } from './pipeline/three-brokers/variants.ts';

/** Whether what was accepted arrives, once in its effect, whatever breaks on the way. */
export function pipelineFigures(): Campaign {
  let child: MeasuringProcess | undefined;
  // One process for all rows: they share a broker, which ends with it.
  const measuring = () => (child ??= new MeasuringProcess(`${compiled}pipeline/measures.js`, {}));
  return {
    about: 'whether what was accepted arrives, once in its effect, whatever breaks on the way',
    packages: ['fast-check', 'fastify', 'kafkajs', 'mongoose'],
    rows: rows.map((row) => ({ ...row, measure: async (run) => measuring().measure(row.id, run) })),
    close: async () => child?.close(),
  };
}

type Row = Omit<CampaignRow, 'measure'>;

const caughtBy =
  (what: string) =>
  ({ id, says }: { readonly id: string; readonly says: string }): Row => ({
    id,
    claim: `${what} catch services that ${says}`,
    target: 'noticed',
  });

const rows: readonly Row[] = [
  {
    id: 'F1',
    claim: '10,000 malformed requests over raw sockets at webhook-ingest, with good notifications between',
    target: '0 crashes, 0 answers 5xx, nothing of them published, every good one is, under 256 MB',
  },
  ...malformedVariants.map(caughtBy('malformed requests')),
  {
    id: 'F2',
    claim: '2,000 forged notifications, by themselves and beside good ones in a request',
    target: '0 published, every good one is, and no answer tells them apart',
  },
  ...forgeryVariants.map(caughtBy('forgeries')),
  {
    id: 'F3',
    claim: '3,000 validation tokens, good ones in every writing and hostile ones',
    target: 'echoes byte-exact, hostile ones refused with nothing of them, 0 published',
  },
  ...handshakeVariants.map(caughtBy('tokens')),
  {
    id: 'F4',
    claim: '30,000 notifications, 50 times kill -9 of webhook-ingest, the broker killed and away for 60 s',
    target: 'every 202 is in the log, and all that the sender sends again arrives',
  },
  ...acceptedVariants.map(caughtBy('kills')),
  {
    id: 'F5',
    claim: '500 notifications a second for 5 minutes; the broker away for a minute; back',
    target: 'p99 < 500 ms, none over 2.9 s; away: 503 within 2.5 s; normal within 30 s of its return',
  },
  ...answerTimeVariants.map(caughtBy('answer times')),
  {
    id: 'P1',
    claim: '20 times kill -9 of the one broker under six senders',
    target: '0 acknowledged lost, none out of order',
  },
  ...brokerKillVariants.map(caughtBy('broker kills')),
  {
    id: 'P2',
    claim: '500 answers of the broker are lost after it has appended, under six senders at once',
    target: '0 acknowledged lost, none out of order',
  },
  ...lostAnswerVariants.map(caughtBy('lost answers')),
  {
    id: 'P3',
    claim: '200 times kill -9 of one of two profile-writers over 50,000 events, on real Kafka and MongoDB',
    target: 'MongoDB is what the events come to; no log entry, and no end of sessions, twice or missing',
  },
  ...writerKillVariants.map(caughtBy('writer kills')),
  {
    id: 'P4',
    claim: '100 times a profile-writer joins or leaves over 50,000 events',
    target: 'the same, no learner goes back to an older version, and nothing is later than 30 s',
  },
  ...rebalanceVariants.map(caughtBy('joins and leaves')),
  {
    id: 'P5',
    claim: 'one of a hundred of 50,000 events can’t be applied, at profile-writer on real Kafka and MongoDB',
    target: 'all bad in dead letters, byte by byte, all good applied within 5 s, all applied once repaired',
  },
  ...poisonVariants.map(caughtBy('bad records')),
  {
    id: 'P6',
    claim: 'MongoDB elects anew 20 times, dies 10 times and is away for 60 s, under profile-writer',
    target: 'MongoDB is what the events come to, and no offset was ever ahead of it',
  },
  ...mongoFaultVariants.map(caughtBy('offsets')),
  {
    id: 'P7',
    claim:
      'a log of 2,000 events at profile-writer, read 3 times more, and 200 times with organisations in other turns',
    target: 'the same state each time, to the byte',
  },
  ...replayVariants.map(caughtBy('replays')),
  {
    id: 'P8',
    claim:
      '12 times kill -9 of one of three brokers, leaders and controllers too, under six senders; once with the others standing still',
    target: '0 acknowledged lost, none out of order',
  },
  ...threeBrokerVariants.map(caughtBy('kills of three')),
  {
    id: 'O1',
    claim:
      '100 times SIGTERM of one of two processes of each service, at 200 requests a second, and another one in its place',
    target: '0 requests failed, 0 notifications or states lost, each ends with 0 within 25 s',
  },
  ...rollingRestartVariants.map(caughtBy('restarts')),
  {
    id: 'O2',
    claim: '10 minutes of 50 requests a second at two processes of each service',
    target: 'no heap holds 5 MB more, no descriptors more, p99 lag of the event loop < 50 ms, 0 failed, 0 lost',
  },
  ...soakVariants.map(caughtBy('soaks')),
];
