import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { App, OpenDrill } from '../../../src/app/contract.ts';
import type { CommandSpec, OptionSpec } from '../../../src/cli/spec.ts';
import { newHome, packageRoot, rigApp } from '../../rig/app.ts';
import { poisons } from './poisons.ts';

/** A night to run commands in, and every way a command of the tree is called, read from its spec. */

export type Leaf = Readonly<{ path: readonly string[]; spec: CommandSpec }>;
export const leaves = (specs: readonly CommandSpec[], before: readonly string[] = []): readonly Leaf[] =>
  specs.flatMap((spec) => {
    const path = [...before, spec.name];
    return [...(spec.load === undefined ? [] : [{ path, spec }]), ...leaves(spec.parts ?? [], path)];
  });

export type Night = Readonly<{ root: string; app: App; drill: OpenDrill; close: () => Promise<void> }>;

/** A drill as far as a dead token, with words in its journal that nobody sane would write. */
export const openNight = async (): Promise<Night> => {
  const root = newHome();
  for (const folder of ['home', 'work']) mkdirSync(join(root, folder));
  const app = await rigApp({ home: join(root, 'home') });
  const drill = await app.drill('leaked-whatsapp-token', { seed: 7 });
  for (const text of Object.values(poisons)) {
    await drill.act({ do: 'note', text, star: true });
    await drill.addEvidence({ from: 'text', text, name: text.slice(0, 40) }, { note: text });
  }
  const close = async (): Promise<void> => {
    await app.close();
    rmSync(root, { recursive: true, force: true });
  };
  return { root, app, drill, close };
};

/** What an argument of that name usually holds; one that nobody thought of is hostile alone. */
const usual = ({ drill, root }: Night, name: string): readonly string[] => {
  const values: Readonly<Record<string, readonly string[]>> = {
    incident: [drill.id],
    runbook: ['leaked-whatsapp-token'],
    step: ['record-report', 'revoke-token', 'stop-webhooks'],
    integration: ['lrh-prod-su'],
    letter: ['gdpr-art33'],
    entry: ['3'],
    fact: ['aware'],
    duty: ['gdpr.33-1'],
    contact: ['dpo'],
    role: ['scribe'],
    level: ['low'],
    shell: ['bash'],
    source: ['file'],
    way: ['code'],
    path: [join(packageRoot, 'runbooks/_company')],
    folder: [join(root, 'work')],
    attempt: ['41'],
  };
  return values[name] ?? [];
};

const NEEDED = /<(\w+)(?:\.\.\.)?>|\[(\w+)(?:\.\.\.)?\]/g;
const argsOf = (spec: CommandSpec): readonly string[] =>
  [...(spec.args ?? '').matchAll(NEEDED)].map(([, needed, optional]) => needed ?? optional ?? '');

const isPath = (word: string): boolean => /path|file|folder|dir$|source/i.test(word);

export type Call = Readonly<{ argv: readonly string[]; tty: boolean }>;

/**
 * As usual and with hostile words, each option by itself and all together, for people and for programs. `brief`: as usual and
 * hostile, once each.
 */
export const callsOf = (
  night: Night,
  { path, spec }: Leaf,
  from: () => string,
  brief: boolean,
): readonly Call[] => {
  // No system hands a program an argument with NUL in it.
  const next = (): string => from().replaceAll('\0', '');
  const hostile = (name: string): string =>
    isPath(name) ? join(night.root, 'work', next().replaceAll(/[/\0]/g, '_').slice(0, 60)) : next();
  const names = argsOf(spec);
  const [first, ...others] = usual(night, names[0] ?? '');
  const filled = (one: string | undefined): readonly string[] => [
    ...path,
    ...names.map((name, i) =>
      i === 0 && one !== undefined ? one : (usual(night, name)[0] ?? hostile(name)),
    ),
  ];
  const option = ({ flags, choices }: OptionSpec): readonly string[] => {
    const [, name = '', value = ''] = /(--[\w-]+)(?: ([A-Z].*))?$/.exec(flags) ?? [];
    return value === '' ? [name] : [name, choices?.[0] ?? hostile(value)];
  };
  const { options = [] } = spec;
  const strange = [...path, ...names.map(hostile)];
  const said = options.filter(({ flags }) => / [A-Z]/.test(flags)).flatMap(option);
  const calls: readonly Call[] = [
    { argv: filled(first), tty: false },
    { argv: strange, tty: false },
    { argv: filled(first), tty: true },
    { argv: [...filled(first), ...said], tty: true },
    ...[
      [...filled(first), '--json'],
      [...filled(first), '--plain'],
      [...strange, '--json'],
      [...strange, next()],
      ...others.map(filled),
      ...options.map((one) => [...filled(first), ...option(one)]),
    ].map((argv) => ({ argv, tty: false })),
  ];
  return brief ? calls.slice(0, 3) : calls;
};
