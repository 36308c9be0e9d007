import { type SubmitEvent, useId } from 'react';
import { useSearchParams } from 'react-router';
import { words } from '../words/words.ts';

export interface Filter {
  readonly name: string;
  readonly label: string;
  readonly type: 'search' | 'date' | 'select';
  /** Of a `select`: values with what they are called, the empty one for no filter first. */
  readonly choices?: Readonly<Record<string, string>>;
}

/** The filters of a list, kept in the address: a filtered list can be passed on as a link. */
export function Filters({ filters }: { readonly filters: readonly Filter[] }) {
  const [query, setQuery] = useSearchParams();
  const apply = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const filled = filters.flatMap(({ name }) => {
      const value = said.get(name);
      return typeof value === 'string' && value !== '' ? [[name, value] as [string, string]] : [];
    });
    setQuery(filled);
  };
  const isFiltered = filters.some(({ name }) => query.has(name));
  return (
    // Made anew when the address changes by a link, so that the fields show what is in it.
    <form key={query.toString()} className="filters" role="search" onSubmit={apply}>
      {filters.map((filter) => (
        <FilterField key={filter.name} filter={filter} value={query.get(filter.name) ?? ''} />
      ))}
      <button type="submit">{words.common.filter}</button>
      {isFiltered && (
        <button type="button" className="plain" onClick={() => setQuery([])}>
          {words.common.clearFilters}
        </button>
      )}
    </form>
  );
}

function FilterField({ filter, value }: { readonly filter: Filter; readonly value: string }) {
  const id = useId();
  const { name, label, type, choices = {} } = filter;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {type === 'select' ? (
        <select id={id} name={name} defaultValue={value}>
          {Object.entries(choices).map(([choice, words]) => (
            <option key={choice} value={choice}>
              {words}
            </option>
          ))}
        </select>
      ) : (
        <input id={id} name={name} type={type} defaultValue={value} />
      )}
    </div>
  );
}
