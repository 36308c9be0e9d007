import type { SubmitEvent } from 'react';
import { TickBox } from '../parts/tick-box.tsx';
import { Refusal, SaveBar } from '../settings/save-bar.tsx';
import type { Settings } from '../settings/settings.ts';
import { useDraft } from '../settings/use-draft.ts';
import { useSaveSettings } from '../settings/use-settings.ts';
import { words } from '../words/words.ts';
import { OwnerField } from './owner-field.tsx';

const { doors: said } = words.signIn;

type Doors = Pick<Settings, 'singleSignOn' | 'passwords'>;

const doorsOf = ({ singleSignOn, passwords }: Settings): Doors => ({ singleSignOn, passwords });

/** How people come in: with Microsoft, by passwords, and who still may when Microsoft is away. */
export function DoorsForm({ settings }: { readonly settings: Settings }) {
  const draft = useDraft(settings, doorsOf);
  const save = useSaveSettings(() => said.saved);
  const { singleSignOn, passwords } = draft.value;
  const setMicrosoft = (change: Partial<Doors['singleSignOn']>) =>
    draft.change({ passwords, singleSignOn: { ...singleSignOn, ...change } });
  const setPasswords = (change: Partial<Doors['passwords']>) =>
    draft.change({ singleSignOn, passwords: { ...passwords, ...change } });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate({ revision: draft.revision, ...draft.value }, { onSuccess: draft.release });
  };
  // What is off already may be switched on again, whatever was tested.
  const isLocked = passwords.enabled && settings.signInTest === null;
  return (
    <form className="card settings-form" aria-label={said.title} onSubmit={submit}>
      <h2>{said.title}</h2>
      <Refusal error={save.error} />
      <TickBox label={said.enabled} isOn={singleSignOn.enabled} onChange={(enabled) => setMicrosoft({ enabled })} />
      <TickBox label={said.guests} isOn={singleSignOn.guests} onChange={(guests) => setMicrosoft({ guests })} />
      <TickBox
        label={said.passwords}
        isOn={passwords.enabled}
        isDisabled={isLocked}
        hint={isLocked ? said.untested : said.alone}
        onChange={(enabled) => setPasswords({ enabled })}
      />
      <OwnerField named={passwords.breakGlassOwner} onChange={(breakGlassOwner) => setPasswords({ breakGlassOwner })} />
      <SaveBar draft={draft} save={save} name={said.save} />
    </form>
  );
}
