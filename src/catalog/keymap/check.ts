import type { Issue } from '../../base/problem.ts';
import type { KeyPlace, KeyRow, KeyTable, Remap } from '../../model/keymap.ts';
import { didYouMean } from '../nearest.ts';
import { FIXED_KEYS, isFieldKey, keyFault, typesNothing } from './key-names.ts';
import { keymapIssue, type FileKey, type FileRow } from './rows.ts';

/**
 * A person's keys against the table: what is pressed in a hurry must do one thing, must arrive, and must leave the way out where
 * every hand expects it.
 */

type Rows = ReadonlyMap<string, KeyRow>;

const WHY_FIXED: Readonly<Record<string, string>> = {
  'ctrl+c': '`ctrl+c` always leaves',
  esc: '`esc` always goes one level up',
  enter: '`enter` keeps what it does on each screen, so that it never confirms',
};

const keyIssues = (file: string, own: KeyRow, { word, at }: FileKey): readonly Issue[] => {
  const fixed = WHY_FIXED[word];
  if (fixed !== undefined)
    return own.keys.includes(word)
      ? []
      : [keymapIssue(file, at, `${fixed}; it cannot be given to \`${own.id}\``)];
  const fault = keyFault(word);
  // What the program itself gives to a row is known to arrive there.
  return fault === null || own.keys.includes(word) ? [] : [keymapIssue(file, at, fault.message, fault.hint)];
};

const rowIssues = (file: string, row: FileRow, rows: Rows): readonly Issue[] => {
  const own = rows.get(row.id);
  if (own === undefined)
    return [
      keymapIssue(
        file,
        row.at,
        `there is nothing called \`${row.id}\` that a key does`,
        didYouMean(row.id, rows.keys()) ?? 'firebreak keymap lists them',
      ),
    ];
  if (own.keys.every((key) => FIXED_KEYS.has(key)) && own.id === LEAVING)
    return [keymapIssue(file, row.at, '`ctrl+c` always leaves; this cannot be changed')];
  return row.keys.flatMap((key) => keyIssues(file, own, key));
};
const LEAVING = 'app:quit';

/** What was given, and beside it the keys that no file takes away. */
const keysOf = (row: FileRow, own: KeyRow): readonly string[] => [
  ...new Set([...row.keys.map(({ word }) => word), ...own.keys.filter((key) => FIXED_KEYS.has(key))]),
];

/** Rows that share a key in the program's own table are meant to: only one of them answers at a time. */
const sharedAnyway = (a: KeyRow, b: KeyRow): boolean => a.keys.some((key) => b.keys.includes(key));

type Given = Readonly<{ file: string; row: FileRow; own: KeyRow }>;

const clashesAt = (given: Given, place: KeyPlace, rows: Rows, remap: Remap): readonly Issue[] => {
  const { file, row, own } = given;
  if (!place.ids.includes(own.id)) return [];
  return row.keys.flatMap(({ word, at }) => {
    const other = place.ids
      .map((id) => rows.get(id))
      .find(
        (one) =>
          one !== undefined &&
          one.id !== own.id &&
          (remap.get(one.id) ?? one.keys).includes(word) &&
          !sharedAnyway(one, own),
      );
    if (other === undefined) return [];
    return [
      keymapIssue(
        file,
        at,
        `\`${word}\` does two things on the screen ${place.name}: \`${own.id}\` and \`${other.id}\` (${other.long})`,
        `give \`${other.id}\` another key too, or take another one here`,
      ),
    ];
  });
};

/** Where letters are typed a letter is no command, and the keys of the field are the field's. */
const fieldIssues = ({ file, row, own }: Given, place: KeyPlace): readonly Issue[] => {
  if (!place.inField.includes(own.id)) return [];
  const taken = row.keys.filter(({ word }) => isFieldKey(word) && !own.keys.includes(word));
  if (taken.length > 0)
    return taken.map(({ word, at }) =>
      keymapIssue(file, at, `\`${word}\` moves or deletes in the text field of the screen ${place.name}`),
    );
  if (keysOf(row, own).some(typesNothing)) return [];
  return [
    keymapIssue(
      file,
      row.at,
      `the screen ${place.name} has a text field, where \`${row.keys[0]?.word ?? ''}\` is typed: \`${own.id}\` needs a key that types nothing too`,
      `beside it, like [${row.keys[0]?.word ?? ''}, ${own.keys.find(typesNothing) ?? 'ctrl+o'}]`,
    ),
  ];
};

/** One fault, one line: what clashes on one screen mostly clashes on others too. */
const oncePerPlace = (issues: readonly Issue[]): readonly Issue[] => [
  ...new Map(issues.toReversed().map((one) => [`${one.line}:${one.col}`, one])).values(),
];

export const checkRows = (
  file: string,
  given: readonly FileRow[],
  { rows: all, places }: KeyTable,
): Readonly<{ remap: Remap; issues: readonly Issue[] }> => {
  const rows: Rows = new Map(all.map((row) => [row.id, row]));
  const single = given.flatMap((row) => rowIssues(file, row, rows));
  const known = given.flatMap((row): readonly Given[] => {
    const own = rows.get(row.id);
    return own === undefined ? [] : [{ file, row, own }];
  });
  const remap: Remap = new Map(known.map(({ row, own }) => [own.id, keysOf(row, own)]));
  const together = known.flatMap((one) =>
    places.flatMap((place) => [...clashesAt(one, place, rows, remap), ...fieldIssues(one, place)]),
  );
  return { remap, issues: single.length > 0 ? single : oncePerPlace(together) };
};
