import { type ReactNode, useId } from 'react';

interface TickBoxProps {
  readonly label: ReactNode;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly isDisabled?: boolean;
  /** Why it is as it is, or what follows. */
  readonly hint?: string | undefined;
}

/** Something that is either on or off. */
export function TickBox({ label, isOn, onChange, isDisabled = false, hint }: TickBoxProps) {
  const hintId = useId();
  return (
    <div className="tick-box">
      <label>
        <input
          type="checkbox"
          checked={isOn}
          disabled={isDisabled}
          aria-describedby={hint === undefined ? undefined : hintId}
          onChange={({ target }) => onChange(target.checked)}
        />
        <span>{label}</span>
      </label>
      {hint !== undefined && (
        <span id={hintId} className="note">
          {hint}
        </span>
      )}
    </div>
  );
}
