import { Badge, type Tone } from '../parts/badge.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { words } from '../words/words.ts';
import type { Overview } from './overview.ts';
import { placeOf } from './place-of.ts';

const tones: Readonly<Record<Overview['health']['state'], Tone>> = {
  healthy: 'good',
  warning: 'warn',
  'needs-approval': 'warn',
  paused: 'calm',
  failing: 'bad',
  'not-set-up': 'calm',
};

/** One badge, the reason in words, and the one next thing to do. */
export function Health({ overview: { health, held } }: { readonly overview: Overview }) {
  const { state, reason, action } = health;
  return (
    <section className={`card health ${tones[state]}`} aria-label={words.overview.title}>
      <p className="health-line">
        <Badge tone={tones[state]}>{words.overview.health[state]}</Badge>
        <span>{reason}</span>
      </p>
      {action && (
        <p className="actions">
          <PageLink className="button primary" to={placeOf(action.to)}>
            {action.label}
          </PageLink>
          {held > 0 && state !== 'needs-approval' && <PageLink to="/held">{words.held.banner(held)}</PageLink>}
        </p>
      )}
    </section>
  );
}
