import { type RealMongo, startMongo } from '@learnamp/testkit';
import type { Campaign, CampaignRow } from '../campaign.ts';
import { tenantVariants } from './identity/tenants/variants.ts';
import { keyVariants } from './identity/key-rotation/variants.ts';
import { leakVariants } from './identity/leaks/variants.ts';
import { leaverVariants } from './identity/leavers/variants.ts';
import { matrixVariants } from './identity/matrix/variants.ts';
import { mixVariants } from './identity/mixes/variants.ts';
import { conformanceVariants } from './identity/modules/variants.ts';
import { passwordVariants } from './identity/passwords/variants.ts';
import { returnPathVariants } from './identity/return-paths/variants.ts';
import { sessionTokenVariants } from './identity/session-tokens/variants.ts';
import { compiled, MeasuringProcess } from './measuring/measuring-process.ts';

/** Whether nobody gets in who shouldn't, and everybody who should. */
export function identityFigures(): Campaign {
  let started: Promise<{ mongo: RealMongo; child: MeasuringProcess; onTime: MeasuringProcess }> | undefined;
  const start = async () => {
    const mongo = await startMongo();
    const fork = () => new MeasuringProcess(`${compiled}identity/measures.js`, { MONGODB_URI: mongo.uri() });
    return { mongo, child: fork(), onTime: fork() };
  };
  const measuring = async (id: string) => {
    const { child, onTime } = await (started ??= start());
    return onKafka.has(id) ? onTime : child;
  };
  return {
    about: "whether nobody gets in who shouldn't, and everybody who should",
    packages: ['fast-check', 'fastify', 'jose', 'oauth4webapi', 'openid-client'],
    rows: rows.map((row) => ({
      ...row,
      measure: async (run) => (await measuring(row.id)).measure(row.id, run),
    })),
    close: async () => {
      const { mongo, child, onTime } = (await started) ?? {};
      await Promise.all([child?.close(), onTime?.close()]);
      await mongo?.stop();
    },
  };
}

/** Other rows turn their process's clock forward by hours, and Kafka takes no record from the future. */
const onKafka: ReadonlySet<string> = new Set(['A5', 'S2', ...[...leaverVariants, ...leakVariants].map(({ id }) => id)]);

type Row = Omit<CampaignRow, 'measure'>;

const caughtBy =
  (what: string) =>
  ({ id, says }: { readonly id: string; readonly says: string }): Row => ({
    id,
    claim: `${what} catch gateways that ${says}`,
    target: 'noticed, and a plain sign-in still works',
  });

const rows: readonly Row[] = [
  {
    id: 'A1',
    claim:
      'modules of the OpenID conformance suite, and our own for Microsoft: no session, no page of its own words, no userinfo',
    target: '0 differ, at least 70 are played',
  },
  ...conformanceVariants.map(caughtBy('the modules')),
  {
    id: 'A2',
    claim: 'return paths of every kind: whoever signs in stays at home, by two parsers, encoded and decoded',
    target: '0 of 5,000 leave, all plain ones are honoured',
  },
  ...returnPathVariants.map(caughtBy('return paths')),
  {
    id: 'A3',
    claim: 'session tokens with bits flipped, cut, forged, or signed by our own key for something else',
    target: '0 of 10,000 are taken, the good one always',
  },
  ...sessionTokenVariants.map(caughtBy('tampered tokens')),
  {
    id: 'A4',
    claim:
      '20 organisations, every route of the router, by its own people, another’s, nobody, a session that has ended, a learner, and by tokens',
    target: 'each answer as the table says, nothing of anybody else’s, no route that is not listed',
  },
  ...matrixVariants.map(caughtBy('requests across organisations')),
  {
    id: 'A5',
    claim: '500 people are deactivated beside 200 requests a second, with Kafka there and then away',
    target: 'first 401 at p99 < 2 s after the event; with Kafka away at once; nobody else is refused',
  },
  ...leaverVariants.map(caughtBy('deactivations')),
  {
    id: 'A6',
    claim: '10,000 guessed passwords from few and many addresses; addresses of people who are there and who are not',
    target: 'no more looked at than the limit, the owner gets in; one answer, medians within 5 %',
  },
  ...passwordVariants.map(caughtBy('guesses')),
  {
    id: 'A7',
    claim: 'answers mixed of the state, code, cookie, issuer and home of several sign-ins',
    target: '0 sessions of 1,000, and one of each right mix',
  },
  ...mixVariants.map(caughtBy('mixed answers')),
  {
    id: 'A8',
    claim:
      '20 rotations of our signing keys beside 200 requests a second; 1,000 unknown keys of Microsoft’s; Microsoft away',
    target: '0 good sessions refused, 0 retired keys taken; one request for keys a minute; sessions go on',
  },
  ...keyVariants.map(caughtBy('rotations')),
  {
    id: 'A9',
    claim: 'a tenant is connected by its own administrator alone, and to one organisation; let go, it is free again',
    target: '0 of 200 attempts accepted, 200 races with one winner each',
  },
  ...tenantVariants.map(caughtBy('attempts to connect')),
  {
    id: 'C1',
    claim: 'a list of 20,000 people, one row in fifty bad, imports with progress; a bad row stops no other',
    target: '0 differ, in less than 5 minutes',
  },
  {
    id: 'S1',
    claim: 'sealed values open where they belong, and nowhere else; tampered with, they open nowhere',
    target: '10,000 round trips, 0 tampered, 0 of 1,000 swapped, 0 without their key',
  },
  {
    id: 'S2',
    claim: 'secrets and personal data in what the whole system logs, and in headers, error pages and dead letters',
    target: '0 found, and all of them where they belong',
  },
  ...leakVariants.map(caughtBy('canaries')),
];
