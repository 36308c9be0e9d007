import type { ReactNode } from 'react';
import { Badge } from '../parts/badge.tsx';
import { words } from '../words/words.ts';
import { ConnectButton } from './connect-button.tsx';
import type { MicrosoftView, ReturnTo } from './microsoft.ts';

interface ConnectionCardProps {
  readonly microsoft: MicrosoftView;
  readonly returnTo: ReturnTo;
}

const { connection: said } = words.microsoft;

/** What is connected, and a way to connect what is not. */
export function ConnectionCard({ microsoft: { signIn, provisioning }, returnTo }: ConnectionCardProps) {
  return (
    <section className="card" aria-labelledby="connection-heading">
      <h2 id="connection-heading" tabIndex={-1}>
        {said.title}
      </h2>
      <Purpose title={said.provisioning} isOn={provisioning} about={[said.provisioningOn, said.provisioningOff]}>
        <ConnectButton
          consent="provisioning"
          name={provisioning ? said.again : said.connectProvisioning}
          returnTo={returnTo}
          isPrimary={!provisioning}
        />
      </Purpose>
      <Purpose title={said.signIn} isOn={signIn} about={[said.signInOn, said.signInOff]}>
        {!signIn && <ConnectButton consent="sign-in" name={said.connectSignIn} returnTo={returnTo} />}
      </Purpose>
      <p className="faint">{said.onward}</p>
    </section>
  );
}

interface PurposeProps {
  readonly title: string;
  readonly isOn: boolean;
  readonly about: readonly [on: string, off: string];
  readonly children: ReactNode;
}

function Purpose({ title, isOn, about: [on, off], children }: PurposeProps) {
  return (
    <div className="purpose">
      <h3>
        {title} <Badge tone={isOn ? 'good' : 'calm'}>{isOn ? said.connected : said.missing}</Badge>
      </h3>
      <p>{isOn ? on : off}</p>
      <div className="actions">{children}</div>
    </div>
  );
}
