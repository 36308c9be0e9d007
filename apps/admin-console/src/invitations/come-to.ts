import type { paths } from '../api/openapi.d.ts';
import { words } from '../words/words.ts';

type Given = paths['/api/invitations/send']['post']['responses']['200']['content']['application/json'];

/** What a command came to, in a sentence: it may be carried out only after it was given. */
export function comeTo({ outcome }: Given, applied: (count: number) => string): string {
  const { invitations: said } = words;
  if (outcome === undefined) return said.later;
  if (outcome.outcome === 'applied') return applied(outcome.count);
  return outcome.reason === null ? said.refusedWithoutReason : said.refused(outcome.reason);
}
