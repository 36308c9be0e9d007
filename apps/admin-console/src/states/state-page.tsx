import type { ReactNode } from 'react';

interface StatePageProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** A whole page that says why there is nothing else, and what to do. */
export function StatePage({ title, children, action }: StatePageProps) {
  return (
    <section className="card state" role="alert">
      <h1>{title}</h1>
      <p>{children}</p>
      {action !== undefined && <p className="actions">{action}</p>}
    </section>
  );
}
