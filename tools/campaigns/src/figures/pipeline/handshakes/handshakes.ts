import type { CampaignRow, CampaignRun, Measurement } from '../../../campaign.ts';
import { createDraw } from '../../provisioning/simulation/draw.ts';
import { inLanes } from '../ingest/in-lanes.ts';
import { postBytes, type RawAnswer, rawExchange } from '../ingest/raw-exchange.ts';
import { onIngest } from '../ingest/running-ingest.ts';
import { variantOf } from '../variants.ts';
import { goodToken, hostileToken, type Token } from './tokens.ts';

const TOKENS = 3_000;
const LEAST = 150;
const LANES = 8;
const PATIENCE_MS = 10_000;

interface Outcome {
  readonly good: number;
  readonly hostile: number;
  readonly wrong: readonly string[];
  readonly published: number;
}

/** Two of three are good tokens, which come back byte by byte; the others are refused with nothing of them. */
export async function handshakes(run: CampaignRun): Promise<Measurement> {
  const { good, hostile, wrong, published } = await shakeHands(undefined, run, Math.max(run.part(TOKENS), LEAST));
  return {
    measured: `${wrong.length} wrong of ${good} good and ${hostile} hostile tokens, ${published} published`,
    ok: wrong.length === 0 && published === 0,
    notes: wrong.slice(0, 20),
  };
}

export const handshakesCatch =
  (variant: string): CampaignRow['measure'] =>
  async (run) => {
    const { wrong } = await shakeHands(variant, run, LEAST);
    return { measured: wrong[0] ?? 'nothing is noticed', ok: wrong.length > 0 && wrong.length < LEAST };
  };

function shakeHands(variant: string | undefined, run: CampaignRun, count: number): Promise<Outcome> {
  return onIngest({ variant: variantOf(variant) }, async (ingest) => {
    const draw = createDraw(run.seed);
    const tokens = Array.from({ length: count }, (_, number) =>
      number % 3 === 2 ? hostileToken(draw) : goodToken(draw),
    );
    const wrong: string[] = [];
    await inLanes(tokens.entries(), LANES, async ([number, token]) => {
      const path = number % 2 === 0 ? '/graph/notifications' : '/graph/lifecycle';
      const type = { 'content-type': 'text/plain; charset=utf-8' };
      const answer = await rawExchange(ingest.port, postBytes(`${path}?${token.query}`, '', type), PATIENCE_MS);
      const problem = problemOf(token, answer);
      if (problem) wrong.push(`${problem}: ${token.query}`);
      if (number % 100 === 0) run.progress(`${number} of ${count} tokens`);
    });
    if (ingest.service.hasEnded()) wrong.push(`it ended\n${ingest.service.log()}`);
    const hostile = tokens.filter(({ echo }) => echo === undefined).length;
    return { good: count - hostile, hostile, wrong, published: (await ingest.published()).length };
  });
}

const EXPECTED_HEADERS = [
  'cache-control: no-store',
  "content-security-policy: default-src 'none'",
  'x-content-type-options: nosniff',
];
const NAMES = new Set([
  ...['cache-control', 'content-security-policy', 'x-content-type-options', 'content-type', 'content-length'],
  ...['date', 'connection', 'keep-alive'],
]);
const REFUSAL =
  '{"type":"about:blank","title":"The request is not as Microsoft Graph sends it.","status":400,"code":"bad-request"}';

function problemOf({ echo }: Token, { status, head, body }: RawAnswer): string | undefined {
  const lines = head.split('\r\n').slice(1);
  const type = lines.find((line) => /^content-type:/i.test(line)) ?? '';
  const strange = lines.find((line) => !NAMES.has((line.split(':')[0] ?? '').toLowerCase()));
  if (strange !== undefined) return `a header of its own, ${strange}`;
  if (!EXPECTED_HEADERS.every((header) => lines.includes(header))) return 'a header is missing';
  if (echo === undefined) {
    if (status !== 400 || body.toString() !== REFUSAL) return `answered ${status}, ${body.toString().slice(0, 100)}`;
    return /problem\+json/.test(type) ? undefined : `a refusal as ${type}`;
  }
  if (status !== 200) return `answered ${status}`;
  if (type !== 'content-type: text/plain; charset=utf-8') return `an echo as ${type}`;
  return body.equals(Buffer.from(echo)) ? undefined : `echoed as ${body.toString()}`;
}
