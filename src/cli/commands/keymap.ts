import type { Keymap } from '../../app/contract.ts';
import type { Context } from '../context.ts';
import { exitOf, tellIssues } from '../issues.ts';
import type { Run } from '../spec.ts';

/** Every key of the app with the id that a person may give another key to; `*` marks what they did. */
export const keymap: Run = async (context, input) => {
  const { keyRows, keyTable } = await import('../../tui/keys.ts');
  const app = await context.app();
  const own = await app.keymap(keyTable);
  if (input.flag('check')) return check(context, own);
  const rows = keyRows(own.remap);
  if (context.print.json) {
    context.print.object('keymap', {
      path: own.path,
      issues: own.issues,
      keys: rows.map(({ screen, changed, binding: { id, keys, long, command } }) => ({
        id,
        keys,
        screen,
        does: long,
        command: command ?? null,
        changed,
      })),
    });
    return exitOf(own.issues);
  }
  context.print.table(
    ['SCREEN', 'KEY', 'ID', 'DOES'],
    rows.map(({ screen, changed, binding: { id, keys, long } }) => [
      screen,
      `${keys.join(' ')}${changed ? ' *' : ''}`,
      id,
      long,
    ]),
  );
  if (own.issues.length > 0) tellUnused(context, own);
  return exitOf(own.issues);
};

const tellUnused = (context: Context, { path }: Keymap): void => {
  context.print.say(`${path ?? ''} is not used: these are the keys of firebreak itself.`);
  context.print.say('  Next: firebreak keymap --check shows what is wrong');
};

const check = (context: Context, { path, found, remap, issues }: Keymap): number => {
  if (issues.length > 0) return tellIssues(context, issues);
  if (context.print.json) {
    context.print.object('issues', { issues });
    return 0;
  }
  context.print.line(
    found
      ? `${path ?? ''}: ${remap.size} ${remap.size === 1 ? 'action has' : 'actions have'} keys of your own`
      : `There is no ${path ?? 'keymap.yaml'}: every key is firebreak's own`,
  );
  return 0;
};
