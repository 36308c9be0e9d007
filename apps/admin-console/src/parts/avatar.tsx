import { useState } from 'react';

interface AvatarProps {
  readonly learnerId: string;
  readonly name: string;
  readonly hasPhoto: boolean;
  readonly isLarge?: boolean;
}

/** Somebody's photo, else their initials. The name stands beside it, so that it says nothing by itself. */
export function Avatar({ learnerId, name, hasPhoto, isLarge = false }: AvatarProps) {
  const [isGone, setGone] = useState(false);
  return (
    <span className={isLarge ? 'avatar large' : 'avatar'} aria-hidden="true">
      {hasPhoto && !isGone ? (
        <img
          src={`/api/people/${encodeURIComponent(learnerId)}/photo`}
          alt=""
          loading="lazy"
          onError={() => setGone(true)}
        />
      ) : (
        initialsOf(name)
      )}
    </span>
  );
}

/** The first letters of the first word and of the last one. */
function initialsOf(name: string): string {
  const beginnings = name.split(/\s+/u).flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? []);
  return beginnings
    .filter((_letter, at) => at === 0 || at === beginnings.length - 1)
    .join('')
    .toUpperCase();
}
