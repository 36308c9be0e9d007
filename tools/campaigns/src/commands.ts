import { emulatorBench } from './bench/emulator.ts';
import type { Campaigns } from './campaign.ts';

/** The campaigns of each command. */
export const commands: Readonly<Record<'figures' | 'bench', Campaigns>> = {
  figures: {},
  bench: { emulator: emulatorBench },
};
