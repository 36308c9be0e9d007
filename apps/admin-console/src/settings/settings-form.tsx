import type { SubmitEvent } from 'react';
import { words } from '../words/words.ts';
import { Refusal, SaveBar } from './save-bar.tsx';
import type { Settings } from './settings.ts';
import { changeOf, draftOf, type SettingsPart } from './settings-draft.ts';
import { settingsParts } from './settings-parts.tsx';
import { useDraft } from './use-draft.ts';
import { useSaveSettings } from './use-settings.ts';

interface SettingsFormProps {
  readonly title: string;
  readonly settings: Settings;
  readonly parts: readonly SettingsPart[];
}

/** A form of some of the settings. It stores no other ones, and nothing over what somebody else has stored meanwhile. */
export function SettingsForm({ title, settings, parts }: SettingsFormProps) {
  const draft = useDraft(settings, draftOf);
  const save = useSaveSettings(() => words.settings.saved);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const change = { revision: draft.revision, provisioning: changeOf(draft.value, parts) };
    save.mutate(change, { onSuccess: draft.release });
  };
  return (
    <form className="card settings-form" aria-label={title} onSubmit={submit}>
      <h2>{title}</h2>
      <Refusal error={save.error} />
      {parts.map((name) => {
        const Part = settingsParts[name];
        return <Part key={name} draft={draft.value} onChange={draft.change} />;
      })}
      <SaveBar draft={draft} save={save} />
    </form>
  );
}
