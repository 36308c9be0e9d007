import type { ReactNode } from 'react';
import { words } from '../words/words.ts';

/** A link to a page of Microsoft's, which opens beside this one. */
export function OutsideLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}{' '}
      <span role="img" aria-label={`(${words.common.newTab})`}>
        ↗
      </span>
    </a>
  );
}
