import type { KeyChange, KeyFrom, KeyReport, KeyWay } from '../../app/contract.ts';
import { refuseReadOnly, type Context } from '../context.ts';
import { usage, type Run } from '../spec.ts';

const sources: readonly KeyFrom[] = ['file', 'passphrase', 'keychain'];

export const showKey: Run = async (context) => {
  const key = (await context.app()).key();
  if (context.print.json) {
    const { from, place, atHand, changing, standIn, ways, alone, drilled } = key;
    const more = { stand_in: standIn, alone, drilled, ways };
    context.print.object('keys', { from, place, at_hand: atHand, changing, ...more });
    return 0;
  }
  context.print.table(
    ['WHAT', 'VALUE'],
    [
      ['from', key.from],
      ['place', key.place],
      ['at hand', atHandWords(key)],
      ...key.ways.slice(1).map((way) => ['or from', wayWords(way)]),
    ],
  );
  for (const line of warnings(key)) context.print.say(line);
  return 0;
};

const atHandWords = ({ from, atHand }: KeyReport): string => {
  if (atHand) return 'yes';
  return from === 'file' ? 'no: the key file is gone' : 'asked for when something private is read or written';
};

const wayWords = ({ name, place, sure }: KeyWay): string => {
  if (!sure) return `${name}: not written down by anybody, as far as is known`;
  return name.endsWith(place) ? name : `${name} (${place})`;
};

const LOST: Readonly<Record<KeyFrom, string>> = {
  file: 'keep a copy of that file where no copy of the data lies',
  passphrase:
    'nobody can find it again for you, and it opens nothing without the salt in that file: keep a copy of both, apart',
  keychain: 'a reset keychain or a new machine does not have it',
  code: 'a sheet of paper burns',
  age: 'its identity is one file of one person',
  'aws-kms': 'a key that is deleted there is gone for good',
  vault: 'a key that is deleted there is gone for good',
};

export const warnings = ({ from, changing, standIn, alone }: KeyReport): readonly string[] => [
  ...(alone
    ? [
        `WARNING: this key is the only one. Lost, it takes all that is sealed with it: ${LOST[from]}.`,
        '  Next: firebreak keys init makes a recovery code to write down',
      ]
    : []),
  ...(changing === null
    ? []
    : [`WARNING: a change to ${changing} is half done. Next: ${finishing(changing)}`]),
  ...(standIn.length === 0
    ? []
    : [
        `WARNING: sealed with the stand-in key file: ${standIn.join(', ')}. Next, with the key at hand: firebreak keys use ${from}`,
      ]),
];

const finishing = (changing: KeyFrom): string =>
  sources.includes(changing) ? `firebreak keys use ${changing}` : 'firebreak keys rotate';

export const useKey: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const from = sources.find((one) => one === input.arg(0));
  if (from === undefined) throw usage(`the key comes from one of: ${sources.join(', ')}`);
  const app = await context.app();
  const change = await app.useKey(from, async () => await context.passphrases.chosen());
  tellChange(context, change, app.key());
  return 0;
};

/** What became of every incident and key. */
export function tellChange(context: Context, change: KeyChange, report: KeyReport): void {
  if (context.print.json) {
    const { from, changed, rewrapped, wiped, left, kept } = change;
    context.print.object('keys-used', { from, changed, rewrapped, wiped, left, kept });
    return;
  }
  tell(context, change);
  for (const line of warnings(report)) context.print.say(line);
}

function tell({ print }: Context, { from, changed, rewrapped, wiped, left, kept }: KeyChange): void {
  if (!changed) {
    print.line(`UNCHANGED the key comes from ${from} already`);
    return;
  }
  print.line(`KEY from ${from}, ${rewrapped} ${rewrapped === 1 ? 'incident' : 'incidents'} re-wrapped`);
  if (kept.length === 0)
    print.say(
      'Keys that open nothing any more were overwritten and removed. A solid-state drive, a snapshot or a backup may still hold them.',
    );
  for (const key of kept) print.say(`Kept, because a journal may still need it: ${key}`);
  for (const { incident, why } of left) {
    print.say(
      why === 'no-key'
        ? `${incident} is sealed with a key that is not here, and stays so.`
        : `${incident} cannot be read: firebreak verify ${incident}`,
    );
  }
  if (!wiped)
    print.say(
      'Another process still reads a journal: until it ends, its -wal file holds what the old key opened.',
    );
}
