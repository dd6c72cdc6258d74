import type { Events } from '../model/event.ts';
import type { AnchorFault } from '../model/anchor.ts';
import type { Of, Private, Sentence } from './sentence.ts';

/** What an entry about an anchor says. */

const faults: Readonly<Record<AnchorFault, string>> = {
  unreachable: 'no answer',
  refused: 'refused',
  'not-configured': 'not configured',
  'not-read-back': 'taken, but it could not be read back',
  differs: 'read back, and it was not what was sent',
};

const lost: Readonly<Record<Events['anchor.lost']['found'], string>> = {
  changed: 'was changed there',
  gone: 'is no longer there',
};

export function anchored(
  entry: Of<
    | 'anchor.made'
    | 'anchor.copied'
    | 'anchor.failed'
    | 'anchor.lost'
    | 'journal.contradicted'
    | 'journal.acknowledged'
    | 'key.lost'
    | 'key.accepted'
  >,
  own: Private,
): Sentence {
  switch (entry.kind) {
    case 'anchor.made':
      return {
        what: `Anchored entries #0 to #${entry.pub.size - 1} at ${entry.pub.anchor}`,
        detail: `receipt sha256 ${entry.pub.receipt_sha256}`,
        result: 'read back',
        outcome: 'ok',
      };
    case 'anchor.copied':
      return {
        what: `Sent the checkpoint over entries #0 to #${entry.pub.size - 1} to ${entry.pub.anchor}`,
        detail: `nobody can read it back from there; receipt sha256 ${entry.pub.receipt_sha256}`,
      };
    case 'anchor.failed':
      return {
        what: `Could not anchor at ${entry.pub.anchor}: ${faults[entry.pub.fault]}`,
        detail: own('detail'),
        result: 'failed',
        outcome: 'fail',
      };
    case 'anchor.lost':
      return {
        what: `ALARM: the checkpoint over entries #0 to #${entry.pub.size - 1} at ${entry.pub.anchor} ${lost[entry.pub.found]}`,
        detail: own('detail'),
        result: 'mismatch',
        outcome: 'fail',
      };
    case 'journal.contradicted':
    case 'journal.acknowledged':
    case 'key.lost':
    case 'key.accepted':
      return doubted(entry, own);
  }
}

/** What was found of the journal itself, and who stands for it. */
function doubted(
  entry: Of<'journal.contradicted' | 'journal.acknowledged' | 'key.lost' | 'key.accepted'>,
  own: Private,
): Sentence {
  switch (entry.kind) {
    case 'journal.contradicted':
      return {
        what:
          entry.pub.story === 'shorter'
            ? `ALARM: this journal is an older copy: a checkpoint from before counts ${entry.pub.known_size} entries`
            : `ALARM: this journal tells another story than a checkpoint from before over ${entry.pub.known_size} entries`,
        detail: `root ${entry.pub.known_root}`,
        result: 'mismatch',
        outcome: 'fail',
      };
    case 'key.lost':
      return {
        what: 'The key that signed this journal was gone: it goes on with the key of the device and a new one',
        detail: `an older copy was put back, or the key's file was lost; whether entries were cut off in front of it, no key can tell. Lost: ${entry.pub.was}`,
      };
    case 'key.accepted':
      return {
        what: `Stands for it that the journal goes on from entry ${entry.pub.lost} with another key`,
        why: own('reason'),
      };
    case 'journal.acknowledged':
      return {
        what: `Acknowledged: this machine had seen ${entry.pub.known_size} entries of another state of this journal`,
        detail: `root ${entry.pub.known_root}`,
        why: own('reason'),
      };
  }
}
