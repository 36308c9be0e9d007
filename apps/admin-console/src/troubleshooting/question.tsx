import { type ReactNode, useId } from 'react';

interface QuestionProps {
  readonly title: string;
  readonly about: string;
  readonly children: ReactNode;
}

/** Something that people ask, in general, and the ways to the answer for the case at hand. */
export function Question({ title, about, children }: QuestionProps) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>{about}</p>
      {children}
    </section>
  );
}
