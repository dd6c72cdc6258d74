import { globalOptions } from './globals.ts';
import type { CommandSpec, OptionSpec } from './spec.ts';
import { tree } from './tree/index.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];
export const isShell = (text: string): text is Shell => shells.some((shell) => shell === text);

/** A script of fixed words: it starts nothing, so that pressing Tab in a breach is never slow and never fails. */
export function completionScript(shell: Shell): string {
  switch (shell) {
    case 'bash':
      return bash();
    case 'zsh':
      // zsh reads bash's completions; one generator has one place to be wrong.
      return `autoload -U +X bashcompinit && bashcompinit\n${bash()}`;
    case 'fish':
      return fish();
  }
}

type Word = Readonly<{ path: string; spec: CommandSpec }>;

const commands = (specs: readonly CommandSpec[], path = ''): readonly Word[] =>
  specs.flatMap((spec) => [
    { path: `${path}${spec.name}`, spec },
    ...commands(spec.parts ?? [], `${path}${spec.name} `),
  ]);

const flagsOf = (options: readonly OptionSpec[]): readonly string[] =>
  options.flatMap(({ flags }) => flags.match(/--[a-z-]+/g) ?? []);
const names = (specs: readonly CommandSpec[]): string => specs.map(({ name }) => name).join(' ');

function bash(): string {
  const cases = commands(tree).map(({ path, spec }) => {
    const words = [names(spec.parts ?? []), ...flagsOf(spec.options ?? [])]
      .filter((word) => word !== '')
      .join(' ');
    return `    '${path}') words='${words}' ;;`;
  });
  const groups = tree.filter(({ parts }) => parts !== undefined).map(({ name }) => name);
  return `# firebreak completion for bash
_firebreak() {
  local word path='' words
  local current="\${COMP_WORDS[COMP_CWORD]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) continue ;; esac
    if [ -z "$path" ]; then path="$word"
    else case "$path" in ${groups.join('|')}) path="$path $word" ;; esac
    fi
  done
  case "$path" in
    '') words='${names(tree)}' ;;
${cases.join('\n')}
    *) words='' ;;
  esac
  case "$current" in -*) words="$words ${flagsOf(globalOptions).join(' ')}" ;; esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _firebreak firebreak
`;
}

function fish(): string {
  const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const option = ({ flags, help }: OptionSpec, when: string): string => {
    const long = /--([a-z-]+)/.exec(flags)?.[1] ?? '';
    return `complete -c firebreak${when} -l ${long}${/ [A-Z]/.test(flags) ? ' -r' : ''} -d ${quoted(help)}`;
  };
  const top = tree.map(
    ({ name, help }) => `complete -c firebreak -f -n __fish_use_subcommand -a ${name} -d ${quoted(help)}`,
  );
  const below = commands(tree).flatMap(({ path, spec }) => {
    const when = ` -n '${path
      .split(' ')
      .map((name) => `__fish_seen_subcommand_from ${name}`)
      .join('; and ')}'`;
    return [
      ...(spec.parts ?? []).map(
        ({ name, help }) => `complete -c firebreak -f${when} -a ${name} -d ${quoted(help)}`,
      ),
      ...(spec.options ?? []).map((one) => option(one, when)),
    ];
  });
  return `# firebreak completion for fish\n${[...top, ...below, ...globalOptions.map((one) => option(one, ''))].join('\n')}\n`;
}
