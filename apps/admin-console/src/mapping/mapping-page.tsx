import { Page } from '../layout/page.tsx';
import { useSettings } from '../settings/use-settings.ts';
import { Loaded } from '../states/loaded.tsx';
import { PreviewButton } from '../sync/preview-button.tsx';
import { words } from '../words/words.ts';
import { MappingEditor } from './mapping-editor.tsx';
import { TestMapping } from './test-mapping.tsx';

const { mapping: said } = words;

/** Where the fields of learners come from: to change, to try on somebody, and to look ahead. */
export function MappingPage() {
  const query = useSettings();
  return (
    <Page title={said.title} about={said.about}>
      <Loaded query={query}>
        {(settings) => (
          <MappingEditor settings={settings}>{(mapping) => <TestMapping mapping={mapping} />}</MappingEditor>
        )}
      </Loaded>
      <section className="card" aria-label={said.preview}>
        <p className="faint">{said.previewHint}</p>
        <p>
          <PreviewButton name={said.preview} />
        </p>
      </section>
    </Page>
  );
}
