import type { Issue } from '../../base/problem.ts';
import type { Action } from '../../connectors/connector.ts';
import type { Company } from '../../model/company.ts';
import type { Contacts, Inventory } from '../../model/inventory.ts';
import type { ActionId, ConnectorId, DutyId, ItemOfLaw, LetterId } from '../../model/names.ts';
import { didYouMean } from '../nearest.ts';
import { sourceLine } from '../source.ts';
import type { Path, Place, YamlFile } from '../yaml.ts';

/** What a definition may refer to: everything of this installation that it does not hold itself. */
export type Vocabulary = Readonly<{
  /** `YYYY-MM-DD`: what is stale is measured from here. */
  today: string;
  actions: ReadonlyMap<ActionId, Pick<Action, 'effect' | 'needsSuspect' | 'creates'>>;
  connectors: ReadonlySet<ConnectorId>;
  /** Recipes whose file is broken: nothing is known of their actions, and a broken file must not take others with it. */
  brokenRecipes: ReadonlySet<string>;
  letters: ReadonlySet<LetterId>;
  /** Null while no regulation is loaded: then nothing is said about duties and items of law. */
  law: Readonly<{ duties: ReadonlySet<DutyId>; items: ReadonlySet<ItemOfLaw> }> | null;
  company: Company | null;
  inventory: Inventory | null;
  contacts: Contacts | null;
}>;

/** Collects the findings of one file. Rule ids are public and never change their meaning. */
export interface Findings {
  error(rule: string, path: Path, message: string, hint?: string): void;
  warning(rule: string, path: Path, message: string, hint?: string): void;
  /** FB050 or FB051 for a condition that is refused, at the sign where it goes wrong. */
  condition(
    path: Path,
    text: string,
    refused: Readonly<{ fault: 'wrong' | 'matches'; message: string; from: number }>,
  ): void;
  /** FB004 unless `name` is one of `known`. */
  reference(path: Path, what: string, name: string, known: Iterable<string>): void;
  readonly issues: readonly Issue[];
}

export const findingsIn = (yaml: YamlFile): Findings => {
  const issues: Issue[] = [];
  const add = (
    severity: Issue['severity'],
    rule: string,
    path: Path,
    message: string,
    hint?: string,
    at?: Place,
  ): void => {
    const { line, col } = at ?? yaml.placeOf(path);
    const source = sourceLine(yaml, line);
    issues.push({
      rule,
      severity,
      file: yaml.file,
      line,
      col,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(source === null ? {} : { source }),
    });
  };
  return {
    issues,
    error: (rule, path, message, hint) => add('error', rule, path, message, hint),
    warning: (rule, path, message, hint) => add('warning', rule, path, message, hint),
    condition: (path, text, { fault, message, from }) =>
      add(
        'error',
        fault === 'matches' ? 'FB051' : 'FB050',
        path,
        message,
        undefined,
        yaml.placeIn(path, text, from),
      ),
    reference: (path, what, name, known) => {
      const all = [...known];
      if (!all.includes(name))
        add('error', 'FB004', path, `there is no ${what} \`${name}\``, didYouMean(name, all));
    },
  };
};

/** FB003: each id once. `rows` are the values with their paths, in file order. */
export const onlyOnce = (
  findings: Findings,
  what: string,
  rows: readonly Readonly<{ id: string; path: Path }>[],
): void => {
  const seen = new Set<string>();
  for (const { id, path } of rows) {
    if (seen.has(id)) findings.error('FB003', path, `${what} \`${id}\` is already taken`);
    seen.add(id);
  }
};
