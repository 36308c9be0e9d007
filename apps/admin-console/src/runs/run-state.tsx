import { Badge, type Tone } from '../parts/badge.tsx';
import type { Run } from '../sync/run.ts';
import { words } from '../words/words.ts';

const tones: Readonly<Record<Run['state'], Tone>> = {
  running: 'calm',
  finished: 'good',
  incomplete: 'warn',
  interrupted: 'bad',
  cancelled: 'calm',
};

export const RunState = ({ state }: Pick<Run, 'state'>) => (
  <Badge tone={tones[state]}>{words.runs.states[state]}</Badge>
);
