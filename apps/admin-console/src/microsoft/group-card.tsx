import { words } from '../words/words.ts';
import { ChosenGroup } from './chosen-group.tsx';
import { GroupPicker } from './group-picker.tsx';
import type { MicrosoftView } from './microsoft.ts';

const { group: said } = words.microsoft;

/** Whose people become learners. */
export function GroupCard({ microsoft: { groupId, provisioning } }: { readonly microsoft: MicrosoftView }) {
  return (
    <section className="card" aria-labelledby="group-heading">
      <h2 id="group-heading" tabIndex={-1}>
        {said.title}
      </h2>
      {groupId === null ? <p>{said.none}</p> : <ChosenGroup groupId={groupId} />}
      {provisioning ? <GroupPicker chosen={groupId} /> : <p>{said.notConnected}</p>}
    </section>
  );
}
