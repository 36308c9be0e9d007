import type { ReactNode } from 'react';
import type { AskedPermission, MicrosoftView } from '../microsoft/microsoft.ts';
import { useMicrosoft } from '../microsoft/use-microsoft.ts';
import { usePermissions } from '../microsoft/use-question.ts';
import type { Settings } from '../settings/settings.ts';
import { useSettings } from '../settings/use-settings.ts';
import { Loaded } from '../states/loaded.tsx';
import type { Run } from '../sync/run.ts';
import { useLatestOf } from './use-latest-of.ts';

/** All that the steps show and are judged by. */
export interface Standing {
  readonly settings: Settings;
  readonly microsoft: MicrosoftView;
  readonly permissions: readonly AskedPermission[] | null;
  readonly preview: Run | null;
  readonly full: Run | null;
}

/** Reads it, and shows nothing of it before all is there: half of it would point to the wrong step. */
export function WithStanding({ children }: { readonly children: (standing: Standing) => ReactNode }) {
  const permissions = usePermissions();
  const [ofSettings, ofMicrosoft] = [useSettings(), useMicrosoft()];
  const [ofPreview, ofFull] = [useLatestOf('preview'), useLatestOf('full')];
  return (
    <Loaded query={ofSettings}>
      {(settings) => (
        <Loaded query={ofMicrosoft}>
          {(microsoft) => (
            <Loaded query={ofPreview}>
              {(preview) => (
                <Loaded query={ofFull}>
                  {(full) => children({ settings, microsoft, permissions, preview, full })}
                </Loaded>
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
