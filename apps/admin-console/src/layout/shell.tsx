import { Suspense, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { Breakage } from '../states/breakage.tsx';
import { Problem } from '../states/problem.tsx';
import { SessionOver } from '../states/session-over.tsx';
import { words } from '../words/words.ts';
import { useMe } from './me.ts';
import { Navigation } from './navigation.tsx';

/** What is around every page: whose console it is, where one can go, and that the session has ended. */
export function Shell({ isSessionOver }: { readonly isSessionOver: boolean }) {
  const { pathname } = useLocation();
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  if (isSessionOver) return <Alone>{<SessionOver />}</Alone>;
  if (me.data === undefined && me.error)
    return <Alone>{<Problem error={me.error} onRetry={() => void me.refetch()} />}</Alone>;
  return (
    <>
      <Top onMenu={() => setOpen(!isOpen)} isOpen={isOpen} />
      <div className={isOpen ? 'frame open' : 'frame'}>
        <Navigation onGo={() => setOpen(false)} />
        <main id="content" tabIndex={-1}>
          <Breakage resetKey={pathname}>
            <Suspense fallback={<p className="loading">{words.common.loading}</p>}>
              <Outlet />
            </Suspense>
          </Breakage>
        </main>
      </div>
    </>
  );
}

function Top({ onMenu, isOpen }: { readonly onMenu: () => void; readonly isOpen: boolean }) {
  const { data } = useMe();
  return (
    <header className="top">
      <a className="skip" href="#content">
        {words.common.skip}
      </a>
      <button type="button" className="menu" aria-expanded={isOpen} aria-controls="navigation" onClick={onMenu}>
        {words.common.menu}
      </button>
      <a className="brand" href="/">
        <img src="/assets/icon.svg" alt="" width="28" height="28" />
        {data?.organisation.name ?? words.common.site}
      </a>
      {data && <span className="who">{words.common.signedInAs(data.learner.name, data.role)}</span>}
      <form method="post" action="/sign-out">
        <button>{words.common.signOut}</button>
      </form>
    </header>
  );
}

function Alone({ children }: { readonly children: React.ReactNode }) {
  return (
    <main id="content" className="alone">
      {children}
    </main>
  );
}
