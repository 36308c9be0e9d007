import { addressIn, registerVariants } from '../../variants/loader.ts';
import { variants } from '../variants.ts';

type Writer = typeof import('@learnamp/profile-writer');

let registered = false;

/** profile-writer as it is, or as a variant has it, in this process. */
export async function loadWriter(variant?: string): Promise<Writer> {
  if (variant === undefined) return import('@learnamp/profile-writer');
  if (!registered) registerVariants({ variants, places: ['apps/profile-writer', 'libs'] });
  registered = true;
  return (await import(addressIn(import.meta.resolve('@learnamp/profile-writer'), variant))) as Writer;
}
