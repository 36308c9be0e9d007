import { addressIn, registerVariants } from '../../variants/loader.ts';
import { variants } from '../variants.ts';

let registered = false;

/** A package of ours as it is, or as a variant has it, in this process. */
export async function loadAs(name: string, variant: string | undefined): Promise<unknown> {
  if (variant === undefined) return import(name);
  // Once: what is changed twice doesn't fit any more.
  if (!registered) registerVariants({ variants, places: ['apps', 'libs'] });
  registered = true;
  return import(addressIn(import.meta.resolve(name), variant));
}
