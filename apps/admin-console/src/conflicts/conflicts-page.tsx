import { Page } from '../layout/page.tsx';
import { words } from '../words/words.ts';
import { Conflicts } from './conflict-list.tsx';
import { Renames } from './renames.tsx';

const { conflicts: said } = words;

/** What waits for an answer that only a person can give. */
export const ConflictsPage = () => (
  <Page title={said.title} about={said.about}>
    <Conflicts />
    <Renames />
  </Page>
);
