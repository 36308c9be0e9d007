import { html, type Html } from '../pages/html.ts';

export const toggle = (name: string, label: string, isOn: boolean): Html =>
  html`<label class="choice">
    ${isOn ? html`<input type="checkbox" name="${name}" checked />` : html`<input type="checkbox" name="${name}" />`}
    ${label}
  </label>`;

export interface FieldOptions {
  readonly max?: number;
  readonly step?: string;
}

/** A field for a number, or for none. */
export const field = (name: string, label: string, value: number | null, options: FieldOptions = {}): Html =>
  html`<label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="number"
      min="0"
      max="${options.max ?? 1_000_000}"
      step="${options.step ?? '1'}"
      value="${value ?? ''}"
    />`;

export const select = (name: string, label: string, chosen: string, options: readonly (readonly [string, string])[]) =>
  html`<label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      ${options.map(([value, text]) =>
        value === chosen
          ? html`<option value="${value}" selected>${text}</option>`
          : html`<option value="${value}">${text}</option>`,
      )}
    </select>`;
