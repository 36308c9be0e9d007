import { addressIn, registerVariants } from '../../variants/loader.ts';
import { variants } from '../variants.ts';

type Gateway = typeof import('@learnamp/auth-gateway');

let registered = false;

/** The service as it is, or as a variant has it, in this process. */
export async function loadGateway(variant?: string): Promise<Gateway> {
  if (variant === undefined) return import('@learnamp/auth-gateway');
  if (!registered) {
    registerVariants({
      variants,
      places: ['apps/auth-gateway', 'node_modules/openid-client', 'node_modules/oauth4webapi'],
    });
    registered = true;
  }
  return (await import(addressIn(import.meta.resolve('@learnamp/auth-gateway'), variant))) as Gateway;
}
