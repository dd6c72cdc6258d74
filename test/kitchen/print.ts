import { textOf } from '../../src/tui/parts/line.ts';
import type { Exhibit } from './exhibits.ts';
import { modes, type ModeName } from './modes.ts';
import type { Served } from './serve.ts';

/** What is asked for: words of a name, one state, one mode; empty for all. */
export type Asked = Readonly<{ only: string; state: string; mode: ModeName }>;

export const chosen = (
  exhibits: readonly Exhibit[],
  { only, state }: Pick<Asked, 'only' | 'state'>,
): readonly (readonly [Exhibit, string])[] =>
  exhibits
    .filter(({ name }) => name.includes(only))
    .flatMap((exhibit) =>
      exhibit.states
        .filter((one) => state === '' || one === state)
        .map((one): readonly [Exhibit, string] => [exhibit, one]),
    );

/** Which exhibit, in what state; and that it is another place where there is no way to it. */
export const caption = (exhibit: Exhibit, state: string, mode: ModeName, { at }: Served): string => {
  const elsewhere = exhibit.place === null || at === exhibit.place ? '' : `; no way there, this is ${at}`;
  return `${exhibit.name} (${state}, ${mode}${elsewhere})`;
};

/** Everything as text, one exhibit under the other. */
export const printed = async function* (
  exhibits: readonly Exhibit[],
  asked: Asked,
): AsyncGenerator<string, void, undefined> {
  for (const [exhibit, state] of chosen(exhibits, asked)) {
    const served = await exhibit.show(state, modes[asked.mode]);
    const rows = served.lines.map((row) => textOf(row).trimEnd());
    yield `== ${caption(exhibit, state, asked.mode, served)}\n${rows.join('\n')}\n\n`;
  }
};

/** One picture a file, in the order in which a folder lists them: screen, state, mode. */
export const fileName = ({ name }: Exhibit, state: string, mode: ModeName): string =>
  `${[name, state, mode].map((word) => word.replaceAll(/[^\w]+/g, '-')).join('.')}.svg`;
