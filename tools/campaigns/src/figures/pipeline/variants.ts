import type { Variant } from '../variants/change-module.ts';
import { acceptedVariants } from './accepted/variants.ts';
import { brokerKillVariants, lostAnswerVariants } from './acknowledged/variants.ts';
import { answerTimeVariants } from './answer-times/variants.ts';
import { rebalanceVariants, writerKillVariants } from './churn/variants.ts';
import { forgeryVariants } from './forged/variants.ts';
import { handshakeVariants } from './handshakes/variants.ts';
import { malformedVariants } from './malformed/variants.ts';
import { mongoFaultVariants } from './mongo-faults/variants.ts';
import { poisonVariants } from './poison/variants.ts';
import { replayVariants } from './replays/variants.ts';
import { rollingRestartVariants } from './rolling-restarts/variants.ts';
import { soakVariants } from './soak/variants.ts';
import { threeBrokerVariants } from './three-brokers/variants.ts';

/** Every service with a mistake, whatever row has to notice it. */
export const variants: readonly Variant[] = [
  ...malformedVariants,
  ...forgeryVariants,
  ...handshakeVariants,
  ...answerTimeVariants,
  ...acceptedVariants,
  ...replayVariants,
  ...poisonVariants,
  ...brokerKillVariants,
  ...lostAnswerVariants,
  ...writerKillVariants,
  ...rebalanceVariants,
  ...mongoFaultVariants,
  ...threeBrokerVariants,
  ...rollingRestartVariants,
  ...soakVariants,
];

/** A variant by its id; undefined for the services as they are. */
export function variantOf(id: string | undefined): Variant | undefined {
  const found = variants.find((variant) => variant.id === id);
  if (id !== undefined && !found) throw new RangeError(`there is no variant ${id}`);
  return found;
}
