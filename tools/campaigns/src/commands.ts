import { emulatorBench } from './bench/emulator.ts';
import type { Campaigns } from './campaign.ts';
import { emulatorFigures } from './figures/emulator.ts';
import { identityFigures } from './figures/identity.ts';
import { pipelineFigures } from './figures/pipeline.ts';
import { provisioningFigures } from './figures/provisioning.ts';

/** The campaigns of each command. */
export const commands: Readonly<Record<'figures' | 'bench', Campaigns>> = {
  figures: {
    emulator: emulatorFigures,
    identity: identityFigures,
    pipeline: pipelineFigures,
    provisioning: provisioningFigures,
  },
  bench: { emulator: emulatorBench },
};
