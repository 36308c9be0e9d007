import type { LoadHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { workspaceRoot } from '../../results.ts';
import { changed, modulesOf, type Variant } from './change-module.ts';
import { textOf } from './loader.ts';

let variant: Variant | undefined;

/** Called in the thread of the hooks. */
export function initialize(given: Variant): void {
  variant = given;
}

/** Every module of the process is as the variant has it. */
export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  const module =
    variant &&
    url.startsWith('file:') &&
    modulesOf(variant).find((one) => fileURLToPath(url) === `${workspaceRoot}${one}`);
  return variant && module ? { ...loaded, source: changed(textOf(loaded.source), module, variant) } : loaded;
};
