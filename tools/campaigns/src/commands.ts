import { emulatorBench } from './bench/emulator.ts';
import type { Campaigns } from './campaign.ts';
import { emulatorFigures } from './figures/emulator.ts';

/** The campaigns of each command. */
export const commands: Readonly<Record<'figures' | 'bench', Campaigns>> = {
  figures: { emulator: emulatorFigures },
  bench: { emulator: emulatorBench },
};
