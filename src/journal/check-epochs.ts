import type { Stamp } from '../base/beat.ts';
import { openNote, parseVkey, signedNames } from './checkpoint.ts';
import { toHex } from '../base/hash.ts';
import type { Entry } from './entry.ts';
import { ACCEPTED, epochName, epochOf, isOver, LOST, ROTATED, type Epoch } from './epoch.ts';
import type { Findings } from './findings.ts';
import { isOccasion } from './jump.ts';

/** The key of an epoch was gone, and the device's key alone began the next one in that entry: who stands for it, and where. */
export type LostEpoch = Readonly<{ entry: number; by: string; accepted: number }>;

/** `keys`: how many signed one after the other. `without`: how many wrote it with no such keys, as before there were any. */
export type EpochReport = Readonly<{ keys: number; without: number; lost: readonly LostEpoch[] }>;

/**
 * Holds the keys of epochs against the checkpoints that they must have signed. Others were fooled in two ways: by a past that was sealed
 * anew with a later key, and by one that was cut off and gone on with (CVE-2023-31439, CVE-2023-31438).
 */
export interface EpochChecks {
  /** An entry, before the checkpoint that covers it. */
  check(entry: Entry): void;
  /** A checkpoint of this journal. `due`: its signatures are looked at, and not only whose they are. */
  sealed(size: number, note: string, due: boolean): void;
  /** The journal has no more entries. */
  end(): void;
  report(): EpochReport;
}

type Chain = {
  log: string;
  drill: boolean;
  /** Null where this log names no epoch. */
  epoch: Epoch | null;
  /** The one that ended since the last checkpoint: it has to sign the next one too. */
  ended: Epoch | null;
  /** Entries that the last checkpoint covers. */
  signed: number;
  /** Whether what is written since has an entry that is more than a word about the clock. */
  begun: boolean;
};

export function makeEpochs(findings: Findings): EpochChecks {
  let chain: Chain = { log: '', drill: false, epoch: null, ended: null, signed: 0, begun: false };
  const used = new Set<string>();
  const lost: number[] = [];
  const answers = new Map<number, Omit<LostEpoch, 'entry'>>();
  let [keys, without] = [0, 0];

  const begin = (entry: Entry): void => {
    const epoch = epochOf(entry);
    if ('epoch' in entry.pub && epoch?.number !== 0)
      findings.add('epoch', entry.n, `entry #${entry.n} does not name the first epoch of its log`);
    const drill = entry.kind === 'log.open' ? entry.pub['drill'] === true : chain.drill;
    chain = { ...chain, log: entry.log, drill, epoch, ended: null };
    if (epoch === null) without += 1;
    else take(epoch);
  };
  const take = (epoch: Epoch): void => {
    used.add(bareKey(epoch));
    keys += 1;
  };
  const change = (entry: Entry): void => {
    const next = epochOf(entry);
    const why = faultOf(entry, next, chain) ?? (next !== null && used.has(bareKey(next)) ? USED : null);
    if (why !== null)
      findings.add('epoch', entry.n, `entry #${entry.n} begins an epoch of the journal's keys, and ${why}`);
    if (next === null) return;
    if (entry.kind === LOST) lost.push(entry.n);
    chain = { ...chain, epoch: next, ended: entry.kind === LOST ? null : (chain.ended ?? chain.epoch) };
    take(next);
  };
  return {
    check(entry) {
      if (entry.kind === 'log.open' || entry.kind === 'origin.changed') begin(entry);
      else if (entry.kind === ROTATED || entry.kind === LOST) change(entry);
      else if (!chain.begun && !isOccasion(entry)) mayGoOn(chain, entry, findings);
      if (!isOccasion(entry)) chain = { ...chain, begun: true };
      const answered = entry.kind === ACCEPTED ? entry.pub['lost'] : null;
      if (typeof answered === 'number') answers.set(answered, { by: entry.actor, accepted: entry.n });
    },
    sealed(size, note, due) {
      judge(chain, { size, note, due }, findings);
      chain = { ...chain, ended: null, signed: size, begun: false };
    },
    end() {
      for (const n of lost.filter((one) => !answers.has(one))) findings.add('epoch', n, lostWords(n));
    },
    report: () => ({
      keys,
      without,
      lost: lost.flatMap((entry) => {
        const answer = answers.get(entry);
        return answer === undefined ? [] : [{ entry, ...answer }];
      }),
    }),
  };
}

const USED = 'that key has signed before';

const bareKey = ({ vkey }: Epoch): string => toHex(parseVkey(vkey)?.publicKey ?? new Uint8Array());

const lostWords = (n: number): string =>
  `entry #${n} begins an epoch with the device's key alone, because the key before it was gone: an older copy was put back, or somebody cut the journal off there; nobody stands for it (firebreak journal acknowledge)`;

/** Why an entry may not begin an epoch where it does; null where it may. */
function faultOf(entry: Entry, next: Epoch | null, { epoch, ended, begun }: Chain): string | null {
  if (next === null) return 'names no key for it';
  if (epoch === null) return 'its log has none';
  if (next.number !== epoch.number + 1) return `${next.number} does not follow ${epoch.number}`;
  if (begun || ended !== null)
    return 'entries stand in front of it that the epoch before has not signed by themselves';
  if (entry.kind === LOST && entry.pub['was'] !== epoch.vkey) return 'the one that ran had another key';
  return null;
}

/** An epoch that goes on for ever would protect nothing. */
function mayGoOn(
  { epoch, signed, drill }: Chain,
  { at, n }: Readonly<{ at: Stamp; n: number }>,
  findings: Findings,
): void {
  if (epoch === null || epoch.from === n || !isOver(epoch, signed, at, { drill })) return;
  const since = `which began in entry #${epoch.from}`;
  findings.add(
    'epoch',
    n,
    `entry #${n} goes on in epoch ${epoch.number}, ${since}: its key should have been changed before`,
  );
}

type Mark = Readonly<{ size: number; note: string; due: boolean }>;

/** Whether a checkpoint is signed by the epoch that runs, by the one that ended there, and by no other. */
function judge({ log, epoch, ended }: Chain, { size, note, due }: Mark, findings: Findings): void {
  const wanted = [ended, epoch].filter((one) => one !== null);
  const names = signedNames(note).filter((name) => name.startsWith(`${log}/`));
  const what = `the checkpoint over ${size} entries`;
  const unsigned = (one: Epoch): void =>
    findings.add(
      'epoch',
      size - 1,
      `${what} is not signed with the key of epoch ${one.number}${one === ended ? ', which ended there' : ''}`,
    );
  for (const one of wanted) if (!names.includes(epochName(log, one.number))) unsigned(one);
  for (const name of names)
    if (!wanted.some(({ number }) => epochName(log, number) === name))
      findings.add(
        'epoch',
        size - 1,
        `${what} is signed with the key of another epoch (${name}): that key should be gone`,
      );
  // Where an epoch ends it seals all that it wrote: that signature is looked at in any case.
  if (!due && ended === null) return;
  for (const one of wanted)
    if (names.includes(epochName(log, one.number)) && openNote(note, [one.vkey]) === null) unsigned(one);
}
