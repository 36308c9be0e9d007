import type { ReactNode } from 'react';

export type Tone = 'good' | 'bad' | 'warn' | 'calm';

/** A state in a word. The tone is colour alone, so the word has to say it too. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`badge ${tone}`}>{children}</span>;
}
