import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { words } from '../words/words.ts';

interface Announcement {
  readonly kind: 'good' | 'bad';
  readonly words: string;
}

type Announce = (announcement: Announcement) => void;

const Announcing = createContext<Announce>(() => undefined);

/** Says what came of a press, for eyes and for screen readers alike, until it is dismissed or something else is said. */
export function Announcements({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState<(Announcement & { readonly key: number }) | null>(null);
  const announce = useCallback<Announce>(
    (announcement) => setSaid((before) => ({ ...announcement, key: (before?.key ?? 0) + 1 })),
    [],
  );
  const dismiss = useMemo(() => () => setSaid(null), []);
  return (
    <Announcing value={announce}>
      {children}
      <div className="announcements" role="status" aria-live="polite">
        {said && (
          <p key={said.key} className={`announcement ${said.kind}`}>
            <span>{said.words}</span>
            <Button className="plain" aria-label={words.common.dismiss} onPress={dismiss}>
              ×
            </Button>
          </p>
        )}
      </div>
    </Announcing>
  );
}

export const useAnnounce = (): Announce => useContext(Announcing);
