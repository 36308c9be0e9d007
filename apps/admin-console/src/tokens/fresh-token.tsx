import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components';
import { useAnnounce } from '../parts/announcements.tsx';
import { words } from '../words/words.ts';
import type { MadeToken } from './token.ts';

interface FreshTokenProps {
  readonly made: MadeToken;
  readonly onAway: () => void;
}

const { fresh: said } = words.tokens;

/** A token just made: it is shown until it is put away, or the page is left. */
export function FreshToken({ made: { token, about }, onAway }: FreshTokenProps) {
  const announce = useAnnounce();
  const line = useRef<HTMLInputElement>(null);
  useEffect(() => line.current?.select(), []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(token);
      announce({ kind: 'good', words: said.copied });
    } catch {
      line.current?.select();
      announce({ kind: 'bad', words: said.notCopied });
    }
  };
  return (
    <section className="card fresh-token" aria-labelledby="fresh-heading">
      <h2 id="fresh-heading">{said.title}</h2>
      <p className="notice warn">{said.once}</p>
      <input
        ref={line}
        type="text"
        readOnly
        aria-label={said.label(about.name)}
        value={token}
        onFocus={({ target }) => target.select()}
      />
      <div className="actions">
        <Button className="primary" onPress={() => void copy()}>
          {said.copy}
        </Button>
        <Button onPress={onAway}>{said.away}</Button>
      </div>
    </section>
  );
}
