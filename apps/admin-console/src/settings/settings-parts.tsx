import type { ComponentType } from 'react';
import { ChoiceField } from '../parts/choice-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { TickBox } from '../parts/tick-box.tsx';
import { words } from '../words/words.ts';
import { LimitsPart } from './limits-part.tsx';
import type { SwitchName } from './settings.ts';
import type { SettingsDraft, SettingsPart } from './settings-draft.ts';

export interface PartProps {
  readonly draft: SettingsDraft;
  readonly onChange: (draft: SettingsDraft) => void;
}

const { settings: said } = words;

const switchesOf = (title: string, names: readonly SwitchName[]) =>
  function Switches({ draft, onChange }: PartProps) {
    const { switches } = draft;
    return (
      <fieldset>
        <legend>{title}</legend>
        {names.map((name) => (
          <TickBox
            key={name}
            label={said.switches[name]}
            isOn={switches[name]}
            onChange={(isOn) => onChange({ ...draft, switches: { ...switches, [name]: isOn } })}
          />
        ))}
      </fieldset>
    );
  };

function Invitations({ draft, onChange }: PartProps) {
  return (
    <fieldset>
      <legend>{said.invitationsTitle}</legend>
      <ChoiceField
        label={said.invitationsLabel}
        value={draft.invitations}
        choices={said.invitations}
        onChange={(invitations) => onChange({ ...draft, invitations })}
      />
    </fieldset>
  );
}

function Leavers({ draft, onChange }: PartProps) {
  const { leavers } = draft;
  return (
    <fieldset>
      <legend>{said.leaversTitle}</legend>
      <TickBox
        label={said.keep}
        isOn={leavers.keep}
        onChange={(keep) => onChange({ ...draft, leavers: { ...leavers, keep } })}
      />
      <TextField
        label={said.graceDays}
        hint={said.graceDaysHint}
        type="number"
        min="1"
        max="3650"
        value={leavers.graceDays}
        onChange={(graceDays) => onChange({ ...draft, leavers: { ...leavers, graceDays } })}
      />
    </fieldset>
  );
}

const Limits = ({ draft, onChange }: PartProps) => (
  <>
    <LimitsPart direction="removal" draft={draft} onChange={onChange} />
    <LimitsPart direction="addition" draft={draft} onChange={onChange} />
  </>
);

/** What the form of the settings is made of. */
export const settingsParts: Readonly<Record<SettingsPart, ComponentType<PartProps>>> = {
  switches: switchesOf(said.switchesTitle, ['enabled', 'create', 'update', 'deactivate']),
  people: switchesOf(said.peopleTitle, ['managers', 'photos']),
  invitations: Invitations,
  leavers: Leavers,
  limits: Limits,
};
