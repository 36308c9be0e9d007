import { TickBox } from '../parts/tick-box.tsx';
import { words } from '../words/words.ts';
import type { Scope } from './token.ts';

interface ScopeFieldsProps {
  readonly scopes: readonly Scope[];
  readonly onChange: (scopes: readonly Scope[]) => void;
}

const { make: said, scopeNames } = words.tokens;

/** What a token may be made for, each with its words. */
export function ScopeFields({ scopes, onChange }: ScopeFieldsProps) {
  return (
    <fieldset>
      <legend>{said.scopes}</legend>
      {Object.entries(scopeNames).map(([name, about]) => {
        const scope = name as Scope;
        return (
          <TickBox
            key={scope}
            label={<code>{scope}</code>}
            hint={about}
            isOn={scopes.includes(scope)}
            onChange={(isOn) => onChange(isOn ? [...scopes, scope] : scopes.filter((other) => other !== scope))}
          />
        );
      })}
      {scopes.length === 0 && <p className="faint">{said.tickOne}</p>}
    </fieldset>
  );
}
