import { Changes } from '../parts/changes.tsx';
import { words } from '../words/words.ts';

interface SettingChangesProps {
  readonly changes: readonly { readonly path: string; readonly old?: unknown; readonly new?: unknown }[];
}

/** Old and new values of settings, by what the settings are called. */
export const SettingChanges = ({ changes }: SettingChangesProps) => (
  <Changes changes={changes.map(({ path, ...values }) => ({ field: words.settings.paths[path] ?? path, ...values }))} />
);
