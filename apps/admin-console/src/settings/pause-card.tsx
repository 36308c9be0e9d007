import { CommandButton } from '../parts/command-button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { focusOn } from '../parts/focus-on.ts';
import { words } from '../words/words.ts';
import type { Settings } from './settings.ts';
import { useSaveSettings } from './use-settings.ts';

const { pause: said } = words.settings;

/** Switching the whole of provisioning off for a while, and on again. */
export function PauseCard({ settings: { revision, provisioning } }: { readonly settings: Settings }) {
  const { enabled } = provisioning;
  const save = useSaveSettings((change) => (change.provisioning?.enabled === true ? said.resumed : said.paused));
  // Another button takes the place of the one that was pressed.
  const onSuccess = () => focusOn('pause-heading');
  const set = (isOn: boolean) => save.mutate({ revision, provisioning: { enabled: isOn } }, { onSuccess });
  return (
    <section className="card" aria-labelledby="pause-heading">
      <h2 id="pause-heading" tabIndex={-1}>
        {said.title}
      </h2>
      <p>{enabled ? said.on : said.off}</p>
      <p className="actions">
        {enabled ? (
          <Confirm
            trigger={<CommandButton isPending={save.isPending}>{said.pause}</CommandButton>}
            title={said.confirmTitle}
            yes={said.pause}
            onYes={() => set(false)}
          >
            <Consequences />
          </Confirm>
        ) : (
          <CommandButton className="primary" isPending={save.isPending} onPress={() => set(true)}>
            {said.resume}
          </CommandButton>
        )}
      </p>
      {!enabled && <p className="faint">{said.after}</p>}
    </section>
  );
}

const Consequences = () => (
  <>
    <List title={said.stops} lines={said.stopping} />
    <List title={said.stays} lines={said.staying} />
    <p>{said.after}</p>
  </>
);

const List = ({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) => (
  <>
    <h3>{title}</h3>
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  </>
);
