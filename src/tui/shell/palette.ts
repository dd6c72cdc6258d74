import { remapped, type Binding } from '../binding.ts';
import { globalKeys, incidentWide } from '../keys.ts';
import { queryLines } from '../parts/input.ts';
import { line, pad, span, wrap, type Line } from '../parts/line.ts';
import { matches } from '../parts/list.ts';
import type { Page, World } from '../screen.ts';
import { boundScreen } from '../screens/index.ts';
import { top, type Model } from './model.ts';
import { wideDisabled } from './wide.ts';

/** One action and, where it cannot be used now, why. */
export type PaletteRow = Readonly<{ id: string; binding: Binding; reason: string | null }>;

/** Every action of the screen, of the incident and of the app; those that can be used first. */
export const paletteRows = (model: Model, world: World, query: string): readonly PaletteRow[] => {
  const screen = boundScreen(top(model), world);
  const { remap } = world.look;
  const rows: readonly PaletteRow[] = [
    ...screen.keys.map((binding) => ({ id: binding.id, binding, reason: screen.disabled(binding.id) })),
    ...remapped(incidentWide, remap).map((binding) => ({
      id: binding.id,
      binding,
      reason: wideDisabled(binding.id, world),
    })),
    ...remapped(globalKeys, remap)
      .filter(({ id }) => id !== 'app:palette')
      .map((binding) => ({ id: binding.id, binding, reason: null })),
  ];
  return rows
    .map((row) => ({
      row,
      score: matches(query, `${row.binding.says} ${row.binding.long} ${row.id} ${row.binding.command ?? ''}`),
    }))
    .filter(({ score }) => score > (query.trim() === '' ? 0 : 0.5))
    .toSorted((a, b) => b.score - a.score || Number(a.row.reason !== null) - Number(b.row.reason !== null))
    .map(({ row }) => row);
};

export const palettePage = (model: Model, world: World, width: number): Page => {
  if (model.overlay?.is !== 'palette') return { lines: [] };
  const { query, chosen } = model.overlay;
  const lines: Line[] = [
    ...queryLines('What do you want to do? enter runs it, esc closes', query, true, width, world.look),
  ];
  let focus = 0;
  const rows = paletteRows(model, world, query.text);
  if (rows.length === 0) lines.push(line(span('  Nothing is called that. Fewer letters, or esc.', 'dim')));
  for (const [i, { binding, reason }] of rows.entries()) {
    if (i === chosen) focus = lines.length;
    const command = binding.command === undefined ? '' : `  firebreak ${binding.command}`;
    const about = reason === null ? span(command, 'dim') : span(`  not now: ${reason}`, 'warn');
    const row = line(
      span(`${i === chosen ? '>' : ' '} `, 'focus'),
      span(pad(`${binding.keys.join(' ')} `, 9), 'info'),
      span(binding.long, reason === null ? 'plain' : 'dim'),
      about,
    );
    lines.push(...wrap(row, width, 11));
  }
  return { lines, focus };
};

const helpRows = (bindings: readonly Binding[], width: number): readonly Line[] =>
  bindings.flatMap((one) =>
    wrap(line(span(`  ${pad(one.keys.join(' '), 13)}`, 'info'), one.long), width, 15),
  );

/** The keys of the screen in front, then those that work everywhere: read from the table that handles them. */
export const helpPage = (model: Model, world: World, width: number): Page => {
  const screen = boundScreen(top(model), world);
  const { remap } = world.look;
  return {
    lines: [
      line(span('Keys of this screen', 'strong')),
      ...helpRows(screen.keys, width),
      ...(world.incident === null
        ? []
        : [
            line(span('From any screen of the incident', 'strong')),
            ...helpRows(remapped(incidentWide, remap), width),
          ]),
      line(span('Everywhere', 'strong')),
      ...helpRows(remapped(globalKeys, remap), width),
      line(span('All keys: firebreak keymap. All commands: firebreak --help', 'dim')),
    ],
  };
};
