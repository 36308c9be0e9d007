import { Page } from '../layout/page.tsx';
import { useSettings } from '../settings/use-settings.ts';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { NoticesForm } from './notices-form.tsx';
import { TestNotice } from './test-notice.tsx';

const { notices: said } = words;

/** Who is mailed what, and a mail to try it. */
export function NoticesPage() {
  const query = useSettings();
  return (
    <Page title={said.title} about={said.about}>
      <Loaded query={query}>{(settings) => <NoticesForm settings={settings} />}</Loaded>
      <TestNotice />
    </Page>
  );
}
