import { describe, expect, test } from 'vitest';
import { fold } from '../../src/incident/evolve.ts';
import type { Recorded } from '../../src/model/event.ts';
import { containment } from '../../src/projections/containment.ts';
import { like } from '../fakes/recorded.ts';
import { titles } from '../fixtures/company.ts';
import { at, leakedToken } from '../fixtures/incident.ts';

const { entries } = leakedToken();
const nth = (n: number): Recorded => {
  const found = entries[n];
  if (found === undefined) throw new Error(`no entry ${n}`);
  return found;
};
const upTo = (n: number) => containment(fold(entries.slice(0, n)), titles);
const changed = (change: (entry: Recorded) => Recorded) => containment(fold(entries.map(change)), titles);

describe('are we still bleeding', () => {
  test('is not known before anything to be stopped is named', () => {
    expect(upTo(1)).toMatchObject({ bleeding: 'unknown', targets: [] });
  });

  test('is yes while a planned stop has not been tried', () => {
    expect(upTo(8)).toMatchObject({
      bleeding: 'yes',
      since: at('2026-11-17T21:40:00Z'),
      counts: { proved: 1, open: 1 },
    });
  });

  test('is not proved while an attempt has no outcome, or an outcome has no proof', () => {
    expect(upTo(10)).toMatchObject({ bleeding: 'unsure', counts: { unsure: 1 } });
    expect(upTo(11)).toMatchObject({ bleeding: 'unsure', counts: { unproved: 1 } });
  });

  test('is no only when every stop is proved, since the last proof', () => {
    const view = containment(fold(entries), titles);
    expect(view).toMatchObject({
      bleeding: 'no',
      since: at('2026-11-20T02:31:00Z'),
      counts: { total: 2, proved: 2 },
    });
    expect(view.targets.map(({ title }) => title)).toEqual(['WhatsApp bridge', 'WhatsApp system user token']);
  });

  test('is yes when the system still answers, whatever the outcome said', () => {
    const view = changed((entry) =>
      entry.kind === 'act.verified' && entry.pub.intent === 9
        ? like(entry, { pub: { ...entry.pub, proof: 'refuted' } })
        : entry,
    );
    expect(view).toMatchObject({ bleeding: 'yes', counts: { refuted: 1 } });
  });

  test('is not proved by a tick of a person alone', () => {
    const byHand = entries
      .filter((entry) => entry.n < 9)
      .concat(like(nth(8), { n: 9, pub: { step: 'revoke-token', how: 'by-hand' } }));
    const view = containment(fold(byHand), titles);
    expect(view.bleeding).toBe('unsure');
    expect(view.targets[1]?.word).toBe('by hand, not proved by the tool');
  });

  test('is yes again when a stop was taken back before recovery', () => {
    const undo = [
      like(nth(5), { n: entries.length, pub: { ...nth(5).pub, direction: 'undo', of: 5 } }),
      like(nth(6), { n: entries.length + 1, pub: { ...nth(6).pub, intent: entries.length } }),
    ];
    const open = containment(fold([...entries, ...undo]), titles);
    expect(open).toMatchObject({ bleeding: 'yes', counts: { 'taken-back': 1 } });
    const closed = {
      kind: 'incident.closed',
      n: entries.length + 2,
      actor: 'mara',
      recorded_at: 0,
      pub: { outcome: 'resolved' },
      priv: [],
      hash: '',
    };
    expect(containment(fold([...entries, ...undo, closed as unknown as Recorded]), titles).bleeding).toBe(
      'no',
    );
  });
});
