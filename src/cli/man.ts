import { globalOptions } from './globals.ts';
import type { CommandSpec, OptionSpec } from './spec.ts';
import { topics } from './topics.ts';

/** The manual page as roff, from the same tree as parser, help and completion. */

/** What roff would act on is shown: a backslash, a hyphen that is one, and a sign at the start of a line. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', String.raw`\e`)
    .replaceAll('-', String.raw`\-`)
    .replaceAll(/^(['.])/gm, String.raw`\&$1`)
    .replaceAll(/[^\n -~]/gu, (sign) => `\\[u${hex(sign)}]`);

const hex = (sign: string): string => (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

const quoted = (text: string): string => `"${roff(text).replaceAll('"', '""')}"`;

const option = ({ flags, help, choices }: OptionSpec): readonly string[] => [
  '.TP',
  `.B ${quoted(flags)}`,
  roff(choices === undefined ? help : `${help} (${choices.join(', ')})`),
];

const block = (text: string): readonly string[] => [
  '.nf',
  ...text.replace(/\n+$/, '').split('\n').map(roff),
  '.fi',
];

const command = (spec: CommandSpec, before: string): readonly string[] => {
  const path = `${before}${spec.name}`;
  const usage = spec.args === undefined ? path : `${path} ${spec.args}`;
  const own = [
    `.SS ${quoted(usage)}`,
    roff(spec.help),
    ...(spec.options ?? []).flatMap(option),
    ...(spec.more === undefined ? [] : ['.PP', ...block(spec.more)]),
  ];
  return [...own, ...(spec.parts ?? []).flatMap((part) => command(part, `${path} `))];
};

const groups = (tree: readonly CommandSpec[]): readonly string[] =>
  [...new Set(tree.map(({ group }) => group ?? 'Commands'))].flatMap((group) => [
    `.SH ${quoted(group.toUpperCase())}`,
    ...tree.filter((one) => (one.group ?? 'Commands') === group).flatMap((one) => command(one, '')),
  ]);

/** `version` and `day` (2026-11-28) stand in its foot: the same package makes the same page. */
export const manPage = (tree: readonly CommandSpec[], version: string, day: string): string =>
  `${[
    `.TH FIREBREAK 1 "${day}" ${quoted(`firebreak ${version}`)} "User Commands"`,
    '.SH NAME',
    String.raw`firebreak \- runbooks, legal clocks, letters and a verifiable journal for the night a chat token leaks`,
    '.SH SYNOPSIS',
    '.B firebreak',
    '[command] [options]',
    '.SH DESCRIPTION',
    'Without a command it opens the app; without a terminal it prints the status.',
    'A responder reads what to do next, sees what it will break, and confirms it; every step is proved and kept.',
    '.SH OPTIONS',
    'These may stand before and after every command.',
    ...globalOptions.flatMap(option),
    ...groups(tree),
    '.SH EXIT STATUS',
    ...block(topics['exit-codes'].split('\n').slice(2).join('\n')),
    '.SH ENVIRONMENT',
    '.TP',
    '.B FIREBREAK_HOME',
    'where data, keys and habits lie, in place of the XDG folders',
    '.TP',
    '.B FIREBREAK_ACTOR',
    roff('who acts, where --as is not given'),
    '.TP',
    '.B NO_COLOR',
    'not empty: no colour',
    '.SH SEE ALSO',
    roff('firebreak help TOPIC, offline:'),
    roff(`${Object.keys(topics).join(', ')}.`),
  ].join('\n')}\n`;
