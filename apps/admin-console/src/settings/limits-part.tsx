import { TextField } from '../parts/text-field.tsx';
import { words } from '../words/words.ts';
import type { Direction } from './settings.ts';
import type { SettingsDraft, TypedLimits } from './settings-draft.ts';

interface LimitsPartProps {
  readonly direction: Direction;
  readonly draft: SettingsDraft;
  readonly onChange: (draft: SettingsDraft) => void;
}

const { settings: said } = words;

/** How many may be removed, or added, without approval. */
export function LimitsPart({ direction, draft, onChange }: LimitsPartProps) {
  const limits = draft.limits[direction];
  const set = (part: Partial<TypedLimits>) =>
    onChange({ ...draft, limits: { ...draft.limits, [direction]: { ...limits, ...part } } });
  return (
    <fieldset>
      <legend>{said.limitsTitles[direction]}</legend>
      <p className="faint">{said.limitsAbout}</p>
      <TextField
        label={said.share}
        type="number"
        min="0"
        max="100"
        step="any"
        required
        value={limits.share}
        onChange={(share) => set({ share })}
      />
      <TextField
        label={said.small}
        type="number"
        min="0"
        max="1000000"
        required
        value={limits.small}
        onChange={(small) => set({ small })}
      />
      <TextField
        label={said.number}
        hint={said.numberHint}
        type="number"
        min="0"
        max="1000000"
        value={limits.number}
        onChange={(number) => set({ number })}
      />
    </fieldset>
  );
}
