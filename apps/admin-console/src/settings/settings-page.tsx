import { Page } from '../layout/page.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { PauseCard } from './pause-card.tsx';
import { RecentChanges } from './recent-changes.tsx';
import { SettingsForm } from './settings-form.tsx';
import { useSettings } from './use-settings.ts';

const { settings: said } = words;

const parts = ['switches', 'people', 'invitations', 'leavers', 'limits'] as const;

/** How people come and go: all of it in one form, and who changed it. */
export function SettingsPage() {
  const query = useSettings();
  return (
    <Page title={said.title} about={said.about}>
      <Loaded query={query}>
        {(settings) => (
          <>
            <SettingsForm title={said.formTitle} settings={settings} parts={parts} />
            <PauseCard settings={settings} />
          </>
        )}
      </Loaded>
      <RecentChanges />
    </Page>
  );
}
