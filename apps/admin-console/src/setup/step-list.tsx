import { Badge, type Tone } from '../parts/badge.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { words } from '../words/words.ts';
import type { Step, StepName } from './steps.ts';

const { setup: said } = words;

const tones: Readonly<Record<Step['state'], Tone>> = { done: 'good', current: 'warn', 'to do': 'calm' };

/** Every step with how far it is, each a link. */
export function StepList({ steps, shown }: { readonly steps: readonly Step[]; readonly shown: StepName }) {
  return (
    <nav aria-label={said.list}>
      <ol className="steps">
        {steps.map(({ name, state }) => (
          <li key={name}>
            <PageLink to={`/setup/${name}`} aria-current={name === shown ? 'step' : undefined}>
              {said.steps[name]} <Badge tone={tones[state]}>{said.states[state]}</Badge>
            </PageLink>
          </li>
        ))}
      </ol>
    </nav>
  );
}
