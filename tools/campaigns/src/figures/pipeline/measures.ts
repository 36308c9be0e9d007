import type { CampaignRow } from '../../campaign.ts';
import type { Measures } from '../measuring/child.ts';
import type { Variant } from '../variants/change-module.ts';
import { accepted, acceptedCatch } from './accepted/accepted.ts';
import { acceptedVariants } from './accepted/variants.ts';
import { brokerKills, brokerKillsCatch } from './acknowledged/broker-kills.ts';
import { lostAnswers, lostAnswersCatch } from './acknowledged/lost-answers.ts';
import { brokerKillVariants, lostAnswerVariants } from './acknowledged/variants.ts';
import { answerTimes, answerTimesCatch } from './answer-times/answer-times.ts';
import { answerTimeVariants } from './answer-times/variants.ts';
import { rebalances, rebalancesCatch, writerKills, writerKillsCatch } from './churn/churn.ts';
import { rebalanceVariants, writerKillVariants } from './churn/variants.ts';
import { forged, forgedCatch } from './forged/forged.ts';
import { forgeryVariants } from './forged/variants.ts';
import { handshakes, handshakesCatch } from './handshakes/handshakes.ts';
import { handshakeVariants } from './handshakes/variants.ts';
import { malformed, malformedCatch } from './malformed/malformed.ts';
import { malformedVariants } from './malformed/variants.ts';
import { mongoFaults, mongoFaultsCatch } from './mongo-faults/mongo-faults.ts';
import { mongoFaultVariants } from './mongo-faults/variants.ts';
import { poison, poisonCatch } from './poison/poison.ts';
import { poisonVariants } from './poison/variants.ts';
import { replays, replaysCatch } from './replays/replays.ts';
import { replayVariants } from './replays/variants.ts';
import { rollingRestarts, rollingRestartsCatch } from './rolling-restarts/rolling-restarts.ts';
import { rollingRestartVariants } from './rolling-restarts/variants.ts';
import { soak, soakCatch } from './soak/soak.ts';
import { soakVariants } from './soak/variants.ts';
import { threeBrokers, threeBrokersCatch } from './three-brokers/three-brokers.ts';
import { threeBrokerVariants } from './three-brokers/variants.ts';

const ATTEMPTS = 5;

/** A fault that needs a moment of its own to show may miss it: a mistake is caught if it is noticed once. */
const untilNoticed =
  (measure: CampaignRow['measure']): CampaignRow['measure'] =>
  async (run) => {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await measure({ ...run, seed: run.seed + attempt - 1 });
      if (outcome.ok || attempt === ATTEMPTS) return outcome;
      run.progress(`not noticed in ${attempt} of ${ATTEMPTS} attempts`);
    }
  };

const catching = (variants: readonly Variant[], catches: (id: string) => Measures[string]): Measures =>
  Object.fromEntries(variants.map(({ id }) => [id, untilNoticed(catches(id))]));

/** What is measured for each row, by its id. */
export const measures: Measures = {
  F1: malformed,
  ...catching(malformedVariants, malformedCatch),
  F2: forged,
  ...catching(forgeryVariants, forgedCatch),
  F3: handshakes,
  ...catching(handshakeVariants, handshakesCatch),
  F4: accepted,
  ...catching(acceptedVariants, acceptedCatch),
  F5: answerTimes,
  ...catching(answerTimeVariants, answerTimesCatch),
  P7: replays,
  ...catching(replayVariants, replaysCatch),
  P5: poison,
  ...catching(poisonVariants, poisonCatch),
  P1: brokerKills,
  ...catching(brokerKillVariants, brokerKillsCatch),
  P2: lostAnswers,
  ...catching(lostAnswerVariants, lostAnswersCatch),
  P3: writerKills,
  ...catching(writerKillVariants, writerKillsCatch),
  P4: rebalances,
  ...catching(rebalanceVariants, rebalancesCatch),
  P6: mongoFaults,
  ...catching(mongoFaultVariants, mongoFaultsCatch),
  P8: threeBrokers,
  ...catching(threeBrokerVariants, threeBrokersCatch),
  O1: rollingRestarts,
  ...catching(rollingRestartVariants, rollingRestartsCatch),
  O2: soak,
  ...catching(soakVariants, soakCatch),
};
