import { Page } from '../layout/page.tsx';
import { Loaded } from '../states/loaded.tsx';
import { words } from '../words/words.ts';
import { ConnectionCard } from './connection-card.tsx';
import { DangerZone } from './danger-zone.tsx';
import { GroupCard } from './group-card.tsx';
import { OutcomeNotice } from './outcome-notice.tsx';
import { PermissionsCard } from './permissions-card.tsx';
import { useMicrosoft } from './use-microsoft.ts';

const { microsoft: said } = words;

/** The tenant: what is connected, what is granted, whose people come, and how to end it. */
export function MicrosoftPage() {
  const query = useMicrosoft();
  return (
    <Page title={said.title} about={said.about}>
      <OutcomeNotice />
      <Loaded query={query}>
        {(microsoft) => (
          <>
            <ConnectionCard microsoft={microsoft} returnTo="/admin/microsoft" />
            <PermissionsCard microsoft={microsoft} />
            <GroupCard microsoft={microsoft} />
            {microsoft.connected && <DangerZone />}
          </>
        )}
      </Loaded>
    </Page>
  );
}
