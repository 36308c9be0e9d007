import { type ReactNode, useEffect, useRef } from 'react';
import { type Location, useLocation } from 'react-router';
import { words } from '../words/words.ts';

interface PageProps {
  readonly title: string;
  /** One sentence below the title. */
  readonly about?: ReactNode;
  /** Beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page of the console. Coming to it moves the focus to its heading, as loading a page would. */
export function Page({ title, about, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname, state } = useLocation() as Location<unknown>;
  useEffect(() => {
    document.title = `${title} – ${words.common.console}`;
  }, [title]);
  useEffect(() => {
    if (state !== null) heading.current?.focus();
  }, [pathname, state]);
  return (
    <>
      <div className="page-heading">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {about !== undefined && <p className="faint">{about}</p>}
        </div>
        {actions !== undefined && <div className="actions">{actions}</div>}
      </div>
      {children}
    </>
  );
}
