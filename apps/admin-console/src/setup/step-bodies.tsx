import type { ComponentType } from 'react';
import { MappingEditor } from '../mapping/mapping-editor.tsx';
import { TestMapping } from '../mapping/test-mapping.tsx';
import { ConnectionCard } from '../microsoft/connection-card.tsx';
import { GroupCard } from '../microsoft/group-card.tsx';
import { PermissionsCard } from '../microsoft/permissions-card.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { SettingsForm } from '../settings/settings-form.tsx';
import { words } from '../words/words.ts';
import { LiveStep } from './live-step.tsx';
import { PreviewStep } from './preview-step.tsx';
import type { StepName } from './steps.ts';
import { WaitNotice } from './wait-notice.tsx';
import type { Standing } from './with-standing.tsx';

const { setup: said } = words;

const Group = (standing: Standing) => (
  <>
    <WaitNotice {...standing} />
    <GroupCard microsoft={standing.microsoft} />
  </>
);

const Mapping = ({ settings }: Standing) => (
  <MappingEditor settings={settings}>{(mapping) => <TestMapping mapping={mapping} />}</MappingEditor>
);

const People = ({ settings }: Standing) => (
  <>
    <SettingsForm title={words.settings.peopleTitle} settings={settings} parts={['people']} />
    <section className="card" aria-labelledby="teams-heading">
      <h2 id="teams-heading">{said.teams.title}</h2>
      <p>{said.teams.about}</p>
      <p>
        <PageLink to="/teams">{said.teams.open}</PageLink>
      </p>
    </section>
  </>
);

const Invitations = ({ settings }: Standing) => (
  <SettingsForm title={words.settings.invitationsTitle} settings={settings} parts={['invitations']} />
);

/** What each step shows: the same as the pages on their own. */
export const stepBodies: Readonly<Record<StepName, ComponentType<Standing>>> = {
  tenant: ({ microsoft }) => <ConnectionCard microsoft={microsoft} returnTo="/admin/setup" />,
  permissions: ({ microsoft }) => <PermissionsCard microsoft={microsoft} />,
  group: Group,
  mapping: Mapping,
  people: People,
  invitations: Invitations,
  preview: PreviewStep,
  live: LiveStep,
};
