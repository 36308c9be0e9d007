import { Page } from '../layout/page.tsx';
import { OutcomeNotice } from '../microsoft/outcome-notice.tsx';
import { useMicrosoft } from '../microsoft/use-microsoft.ts';
import { useSettings } from '../settings/use-settings.ts';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { DoorsForm } from './doors-form.tsx';
import { LatestSignIns } from './latest-sign-ins.tsx';
import { TestCard } from './test-card.tsx';

const { signIn: said } = words;

/** How people come in, whether it works, and why somebody did not. */
export function SignInPage() {
  const settings = useSettings();
  const microsoft = useMicrosoft();
  return (
    <Page title={said.title} about={said.about}>
      <OutcomeNotice />
      <Loaded query={settings}>
        {(stored) => (
          <>
            <DoorsForm settings={stored} />
            <Loaded query={microsoft}>{(view) => <TestCard settings={stored} microsoft={view} />}</Loaded>
          </>
        )}
      </Loaded>
      <LatestSignIns />
    </Page>
  );
}
