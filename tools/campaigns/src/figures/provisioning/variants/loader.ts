import { type LoadFnOutput, type LoadHook, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { workspaceRoot } from '../../../results.ts';
import { changed } from './change-module.ts';
import type { Variant } from './variants.ts';

let variant: Variant | undefined;

/** Called in the thread of the hooks. */
export function initialize(given: Variant): void {
  variant = given;
}

/** Loads the variant's module as changed, and every other module as it is. */
export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  if (!variant || url !== pathToFileURL(`${workspaceRoot}${variant.module}`).href) return loaded;
  return { ...loaded, source: changed(textOf(loaded.source), variant) };
};

const textOf = (source: LoadFnOutput['source']) =>
  typeof source === 'string' ? source : new TextDecoder().decode(source);

/** From here on modules are loaded as the variant has them. */
export function loadVariant(given: Variant): void {
  register(import.meta.url, { data: given });
}
