import { type LoadFnOutput, type LoadHook, register, type ResolveHook } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { workspaceRoot } from '../../results.ts';
import { changed, modulesOf, type Variant } from './change-module.ts';

/**
 * Lets one process load a package several times: as it is, and as variants have it. A variant's modules have its id in
 * their address, and so do all modules of the same places that they import.
 */
export interface Variants {
  readonly variants: readonly Variant[];
  /** Folders from the workspace's root whose modules are loaded anew for each variant. */
  readonly places: readonly string[];
}

let known: Variants = { variants: [], places: [] };

/** Called in the thread of the hooks. */
export function initialize(given: Variants): void {
  known = given;
}

const KEY = 'variant';

/** The address that a module has in a variant. */
export function addressIn(url: string, id: string): string {
  const address = new URL(url);
  address.searchParams.set(KEY, id);
  return address.href;
}

const idOf = (url: string | undefined) => (url?.startsWith('file:') ? new URL(url).searchParams.get(KEY) : null);

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const resolved = await nextResolve(specifier, context);
  const id = idOf(context.parentURL);
  const isOurs = known.places.some((place) => resolved.url.startsWith(pathToFileURL(`${workspaceRoot}${place}/`).href));
  return id !== null && isOurs ? { ...resolved, url: addressIn(resolved.url, id) } : resolved;
};

export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  const variant = known.variants.find(({ id }) => id === idOf(url));
  const module = variant && modulesOf(variant).find((one) => fileURLToPath(url) === `${workspaceRoot}${one}`);
  return variant && module ? { ...loaded, source: changed(textOf(loaded.source), module, variant) } : loaded;
};

/** A module's source as text. */
export const textOf = (source: LoadFnOutput['source']) =>
  typeof source === 'string' ? source : new TextDecoder().decode(source);

/** From here on modules can be loaded by the addresses that they have in variants. */
export function registerVariants(given: Variants): void {
  register(import.meta.url, { data: given });
}
