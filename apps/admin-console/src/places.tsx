import { type ComponentType, lazy } from 'react';
import { RouterProvider } from 'react-aria-components';
import { Route, Routes, useHref, useNavigate } from 'react-router';
import { Shell } from './layout/shell.tsx';
import { OverviewPage } from './overview/overview-page.tsx';
import { NotFound } from './states/not-found.tsx';

/** A page that is loaded when somebody goes there. */
const page = <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) =>
  lazy(async () => ({ default: (await load())[name] }));

const HeldPage = page(() => import('./held/held-page.tsx'), 'HeldPage');
const RunsPage = page(() => import('./runs/runs-page.tsx'), 'RunsPage');
const RunPage = page(() => import('./runs/run-page.tsx'), 'RunPage');
const SkippedPage = page(() => import('./skipped/skipped-page.tsx'), 'SkippedPage');
const ConflictsPage = page(() => import('./conflicts/conflicts-page.tsx'), 'ConflictsPage');
const NoticesPage = page(() => import('./notices/notices-page.tsx'), 'NoticesPage');
const PeoplePage = page(() => import('./people/people-page.tsx'), 'PeoplePage');
const PersonPage = page(() => import('./person/person-page.tsx'), 'PersonPage');
const ExplainPage = page(() => import('./explain/explain-page.tsx'), 'ExplainPage');
const TeamsPage = page(() => import('./teams/teams-page.tsx'), 'TeamsPage');
const ManagersPage = page(() => import('./managers/managers-page.tsx'), 'ManagersPage');
const TroubleshootingPage = page(() => import('./troubleshooting/troubleshooting-page.tsx'), 'TroubleshootingPage');
const AuditPage = page(() => import('./audit/audit-page.tsx'), 'AuditPage');
const InvitationsPage = page(() => import('./invitations/invitations-page.tsx'), 'InvitationsPage');
const LogPage = page(() => import('./log/log-page.tsx'), 'LogPage');
const MappingPage = page(() => import('./mapping/mapping-page.tsx'), 'MappingPage');
const MicrosoftPage = page(() => import('./microsoft/microsoft-page.tsx'), 'MicrosoftPage');
const SettingsPage = page(() => import('./settings/settings-page.tsx'), 'SettingsPage');
const SetupPage = page(() => import('./setup/setup-page.tsx'), 'SetupPage');
const SignInPage = page(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage');
const TracePage = page(() => import('./sign-in/trace-page.tsx'), 'TracePage');
const TokensPage = page(() => import('./tokens/tokens-page.tsx'), 'TokensPage');

/** Which page an address is. */
export function Places({ isSessionOver }: { readonly isSessionOver: boolean }) {
  const navigate = useNavigate();
  return (
    <RouterProvider navigate={(to) => void navigate(to, { state: { from: 'link' } })} useHref={useHref}>
      <Routes>
        <Route element={<Shell isSessionOver={isSessionOver} />}>
          <Route index element={<OverviewPage />} />
          <Route path="held" element={<HeldPage />} />
          <Route path="runs" element={<RunsPage />} />
          <Route path="runs/:id" element={<RunPage />} />
          <Route path="skipped" element={<SkippedPage />} />
          <Route path="conflicts" element={<ConflictsPage />} />
          <Route path="people" element={<PeoplePage />} />
          <Route path="people/:learnerId" element={<PersonPage />} />
          <Route path="explain" element={<ExplainPage />} />
          <Route path="teams" element={<TeamsPage />} />
          <Route path="managers" element={<ManagersPage />} />
          <Route path="troubleshooting" element={<TroubleshootingPage />} />
          <Route path="log" element={<LogPage />} />
          <Route path="invitations" element={<InvitationsPage />} />
          <Route path="setup/:step?" element={<SetupPage />} />
          <Route path="settings" element={<SettingsPage />} />
          <Route path="mapping" element={<MappingPage />} />
          <Route path="microsoft" element={<MicrosoftPage />} />
          <Route path="sign-in" element={<SignInPage />} />
          <Route path="sign-in/:reference" element={<TracePage />} />
          <Route path="notices" element={<NoticesPage />} />
          <Route path="tokens" element={<TokensPage />} />
          <Route path="audit" element={<AuditPage />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </RouterProvider>
  );
}
