import type { ReactNode } from 'react';
import { Button, type ButtonProps, ProgressBar } from 'react-aria-components';
import { words } from '../words/words.ts';

interface CommandButtonProps extends Omit<ButtonProps, 'children'> {
  readonly children: ReactNode;
}

/** A button that takes a while. React Aria reads the bar aloud while it is pending, and would read nothing without one. */
export const CommandButton = ({ children, ...props }: CommandButtonProps) => (
  <Button {...props}>
    {({ isPending }) => (
      <>
        {children}
        {isPending && <ProgressBar className="pending" isIndeterminate aria-label={words.common.loading} />}
      </>
    )}
  </Button>
);
