import { type SubmitEvent, useId } from 'react';
import { TickBox } from '../parts/tick-box.tsx';
import { Refusal, SaveBar } from '../settings/save-bar.tsx';
import type { Settings } from '../settings/settings.ts';
import { useDraft } from '../settings/use-draft.ts';
import { useSaveSettings } from '../settings/use-settings.ts';
import { words } from '../words/words.ts';
import { addressesOf, noticeKinds, type Notifications } from './notice-kinds.ts';

const { notices: said } = words;

/** As it is typed: addresses a line each. */
type Typed = Omit<Notifications, 'addresses'> & { readonly addresses: string };

const typedOf = ({ notifications }: Settings): Typed => ({
  ...notifications,
  addresses: notifications.addresses.join('\n'),
});

export function NoticesForm({ settings }: { readonly settings: Settings }) {
  const id = useId();
  const draft = useDraft(settings, typedOf);
  const save = useSaveSettings(() => said.saved);
  const { value, change } = draft;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const notifications = { ...value, addresses: addressesOf(value.addresses) };
    save.mutate({ revision: draft.revision, notifications }, { onSuccess: draft.release });
  };
  return (
    <form className="card settings-form" aria-label={said.title} onSubmit={submit}>
      <Refusal error={save.error} />
      {noticeKinds.map((kind) => (
        <TickBox
          key={kind}
          label={said.kinds[kind]}
          isOn={value[kind]}
          onChange={(isOn) => change({ ...value, [kind]: isOn })}
        />
      ))}
      <div className="field">
        <label htmlFor={id}>{said.addresses}</label>
        <textarea
          id={id}
          rows={4}
          value={value.addresses}
          spellCheck={false}
          aria-describedby={`${id}hint`}
          onChange={({ target }) => change({ ...value, addresses: target.value })}
        />
        <span id={`${id}hint`} className="note">
          {said.addressesHint}
        </span>
      </div>
      <SaveBar draft={draft} save={save} name={said.save} />
    </form>
  );
}
