import { Component, type ReactNode } from 'react';
import { words } from '../words/words.ts';
import { StatePage } from './state-page.tsx';

interface BreakageProps {
  /** Another page is a new beginning. */
  readonly resetKey: string;
  readonly children: ReactNode;
}

/** Keeps a mistake in one page from taking the whole console along. */
export class Breakage extends Component<BreakageProps, { readonly brokenAt: string | null }> {
  override readonly state: { readonly brokenAt: string | null } = { brokenAt: null };

  static getDerivedStateFromError(): Partial<{ brokenAt: string }> {
    return { brokenAt: location.pathname };
  }

  override componentDidUpdate({ resetKey }: BreakageProps): void {
    if (this.state.brokenAt !== null && resetKey !== this.props.resetKey) this.setState({ brokenAt: null });
  }

  override render(): ReactNode {
    if (this.state.brokenAt === null) return this.props.children;
    const { title, body, action } = words.states.broken;
    return (
      <StatePage
        title={title}
        action={
          <button type="button" onClick={() => location.reload()}>
            {action}
          </button>
        }
      >
        {body}
      </StatePage>
    );
  }
}
