import { versionOf } from '../run.ts';
import type { Run } from '../spec.ts';

export const info: Run = async (context) => {
  const app = await context.app('definitions');
  const version = versionOf(context.world);
  const places = app.places();
  if (context.print.json) {
    const { home, workspace, actor, zone } = app;
    context.print.object('info', { version, home, workspace, actor, zone, places });
    return 0;
  }
  const rows = [
    ['version', version],
    ['home', app.home],
    ['workspace', app.workspace ?? 'none: the built-in example company'],
    ['you', app.actor],
    ['zone', app.zone],
    ...places.map(({ name, path }) => [name, path]),
  ];
  context.print.table(['WHAT', 'VALUE'], rows);
  return 0;
};
