import type { SubmitEvent, ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { Confirm } from '../parts/confirm.tsx';
import { Refusal, SaveBar } from '../settings/save-bar.tsx';
import type { Settings } from '../settings/settings.ts';
import { useDraft } from '../settings/use-draft.ts';
import { useSaveSettings } from '../settings/use-settings.ts';
import { words } from '../words/words.ts';
import { AddRule } from './add-rule.tsx';
import { CustomFields } from './custom-fields.tsx';
import { DefaultFields } from './default-fields.tsx';
import { defaultMapping, type Mapping } from './mapping.ts';
import { mappingOf, type MappingRows, rowsOf } from './mapping-rows.ts';
import { RulesTable } from './rules-table.tsx';

interface MappingEditorProps {
  readonly settings: Settings;
  /** Below it, given the mapping as it is typed. */
  readonly children?: (mapping: Mapping) => ReactNode;
}

const { mapping: said } = words;
const shownOf = ({ provisioning }: Settings) => rowsOf(provisioning.mapping);

/** Rules and custom fields, stored together: one mapping. */
export function MappingEditor({ settings, children }: MappingEditorProps) {
  const draft = useDraft(settings, shownOf);
  const save = useSaveSettings(() => said.saved);
  const rows = draft.value;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const change = { revision: draft.revision, provisioning: { mapping: mappingOf(rows) } };
    save.mutate(change, { onSuccess: draft.release });
  };
  return (
    <>
      <form className="card mapping" aria-label={said.title} onSubmit={submit}>
        <Refusal error={save.error} />
        <RulesTable rows={rows} onChange={draft.change} />
        <AddRule rows={rows} onChange={draft.change} />
        <DefaultFields rows={rows} />
        <CustomFields rows={rows} onChange={draft.change} />
        <SaveBar draft={draft} save={save} name={said.save}>
          <Reset rows={rows} onYes={() => draft.change(rowsOf(defaultMapping))} />
        </SaveBar>
      </form>
      {children?.(mappingOf(rows))}
    </>
  );
}

function Reset({ rows: { rules, customFields }, onYes }: { readonly rows: MappingRows; readonly onYes: () => void }) {
  return (
    <Confirm trigger={<Button>{said.reset}</Button>} title={said.resetTitle} yes={said.reset} onYes={onYes}>
      <p>{said.resetBody(rules.length, customFields.length)}</p>
    </Confirm>
  );
}
