import type { Effect, World } from '../screen.ts';
import type { Line } from '../parts/line.ts';

/** One thing a form asks. `check` says what was understood, or what is wrong with it. */
export type FormField =
  | Readonly<{
      is: 'line' | 'block';
      id: string;
      label: string;
      initial?: string;
      optional?: boolean;
      check?: Check;
      /** Label and text in one row. */
      short?: true;
    }>
  /** `says` stands under the field: in a drill, what is on the player's clipboard. */
  | Readonly<{ is: 'secret'; id: string; label: string; optional?: boolean; says?: string }>
  | Readonly<{
      is: 'one' | 'many';
      id: string;
      label: string;
      options: readonly Option[];
      initial?: string;
      optional?: boolean;
      /** Nothing is chosen beforehand: a decision is not made by pressing Enter. */
      open?: true;
      /** One row that shows what is chosen: for a form of many choices. */
      short?: true;
    }>;

export type Option = Readonly<{ id: string; title: string; note?: string }>;
export type Checked = Readonly<{ ok: boolean; says: string }>;
export type Check = (text: string, world: World) => Checked;

/** What was given, by field id. `many` gives its ids joined by spaces: ids hold none. */
export type Values = Readonly<Record<string, string>>;

/** A form as it stands: what is shown above it, its fields, and what the last Enter does. */
export type FormSpec = Readonly<{
  title: string;
  above: readonly Line[] | ((width: number) => readonly Line[]);
  fields: readonly FormField[];
  /** What would come of it as it stands: in sight whatever field is in focus. */
  below?: (values: Values, width: number) => readonly Line[];
  does: string;
  /** What is said of Enter, where the usual words would be wrong. */
  ends?: string;
  /** Enter saves from the first field on; the others are reached with tab. */
  quick?: true;
}>;

/** One form for each thing that is written down. Pure: what it does is returned as effects. */
export interface FormKind<P> {
  spec(purpose: P, world: World): FormSpec;
  complete(purpose: P, values: Values, world: World): readonly Effect[];
}

export const given = (values: Values, id: string): string => values[id]?.trim() ?? '';
/** A field of a command that is left out when nothing was typed. */
export const optional = <K extends string>(key: K, text: string): Readonly<Partial<Record<K, string>>> => {
  const made: Partial<Record<K, string>> = {};
  if (text !== '') made[key] = text;
  return made;
};

/** Back to the incident, at its current step: what is done when a step has been answered, decided or ticked. */
export const onward: Effect = { do: 'go', to: { at: 'incident', focused: null, list: false } };
