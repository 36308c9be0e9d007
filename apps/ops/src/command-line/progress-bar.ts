import type { Surroundings } from './command.ts';

const WIDTH = 20;
const STEPS = 10;

/** Shows how far long work is, in steps of ten per cent; a bar that is through is taken away. */
export function progressBar({ progress }: Pick<Surroundings, 'progress'>, what: string, total: number) {
  let shown = -1;
  let done = 0;
  return {
    add: (count = 1): void => {
      done += count;
      const step = total === 0 ? STEPS : Math.min(STEPS, Math.floor((done * STEPS) / total));
      if (step === shown) return;
      shown = step;
      const filled = Math.round((step * WIDTH) / STEPS);
      progress(`${what} [${'#'.repeat(filled).padEnd(WIDTH, '.')}] ${(step * 100) / STEPS} %`);
    },
    end: (): void => progress(''),
  };
}
