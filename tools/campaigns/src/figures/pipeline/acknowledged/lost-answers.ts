import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { behindProxy } from './behind-proxy.ts';
import { type Comparison, SendersLog } from './senders-log.ts';

const LOST = 500;
const LEAST = 20;
const LOST_FOR_A_MISTAKE = 5;
const SENDERS = 6;

/** The broker appends and its answer is lost, while several send at once. */
export async function lostAnswers(run: CampaignRun): Promise<Measurement> {
  const rounds = Math.max(run.part(LOST), LEAST);
  const { answersLost, sent, acknowledged, lost, twice, overtaking } = await lose(undefined, run, rounds);
  return {
    measured: `${lost} of ${acknowledged} acknowledged are lost and ${overtaking} out of order after ${answersLost} lost answers, ${twice} written twice`,
    ok: lost === 0 && overtaking === 0 && acknowledged === sent && answersLost >= rounds,
  };
}

export const lostAnswersCatch =
  (variant: string): CampaignRow['measure'] =>
  async (run) => {
    const { lost, acknowledged, answersLost } = await lose(variant, run, LOST_FOR_A_MISTAKE);
    return {
      measured: `${lost} of ${acknowledged} acknowledged are lost after ${answersLost} lost answers`,
      ok: lost > 0,
    };
  };

function lose(
  variant: string | undefined,
  run: CampaignRun,
  rounds: number,
): Promise<Comparison & { answersLost: number }> {
  return behindProxy(variant, async ({ bus, direct, proxy }) => {
    const log = new SendersLog(bus);
    const senders = Array.from({ length: SENDERS }, (_, sender) => sender);
    await Promise.all(senders.map((sender) => log.send(sender)));
    for (let round = 1; round <= rounds; round += 1) {
      proxy.loseAnswers(1);
      await Promise.all(senders.map((sender) => log.send(sender)));
      run.progress(`${round} of ${rounds} lost answers`);
    }
    proxy.loseAnswers(0);
    return { ...(await log.compare(direct)), answersLost: proxy.lost };
  });
}
