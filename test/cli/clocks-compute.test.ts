import { expect, test } from 'vitest';
import { firebreak } from './rig.ts';

/** One moment through the calculator: the right answer, or a sentence that says what is wrong with it. */

const compute = async (trigger: string, obligation = 'gdpr.33-1', zone = 'Europe/Berlin') => {
  const argv = ['clocks', 'compute', '--obligation', obligation, '--trigger', trigger, '--zone', zone];
  const { code, stdout, stderr } = await firebreak([...argv, '--json']);
  return { code, says: stderr, due: code === 0 ? (JSON.parse(stdout) as { due: string | null }).due : null };
};

test.each([
  ['in summer, without an offset', '2026-07-01T10:00:00', '2026-07-04T10:00:00+02:00'],
  ['before the hour that was left out', '2026-03-29 01:59', '2026-04-01T02:59:00+02:00'],
  ['in the repeated hour, the first time', '2026-10-25T02:30:00+02:00', '2026-10-28T01:30:00+01:00'],
  ['in the repeated hour, the second time', '2026-10-25T02:30:00+01:00', '2026-10-28T02:30:00+01:00'],
])('%s', async (_, trigger, due) => {
  expect(await compute(trigger)).toMatchObject({ code: 0, due });
});

test.each([
  ['an hour that no clock showed', '2026-03-29T02:30:00', 'the hour was left out'],
  [
    'an hour that clocks showed twice',
    '2026-10-25T02:30',
    '2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00',
  ],
  ['a day that is none', '2026-02-30T10:00', 'not a date and time'],
  ['words', 'yesterday', 'not a time with its offset'],
  ['an end that nobody can write', '9999-12-31T10:00:00Z', 'outside the years 0000 to 9999'],
])('%s is said, and nothing is guessed', async (_, trigger, why) => {
  const { code, says } = await compute(trigger);
  expect(code).toBe(2);
  expect(says).toContain(why);
});

test('a moment before the law existed starts no clock, and says since when it is no clock', async () => {
  expect(await compute('1582-10-15T00:00:00Z')).toMatchObject({ code: 0, due: null });
  expect((await compute('2018-05-24T12:00:00Z')).due).toBeNull();
  expect((await compute('2018-05-25T12:00:00Z')).due).toBe('2018-05-28T14:00:00+02:00');
});

test('a zone that is none is named', async () => {
  const { code, says } = await compute('2026-03-29T02:30:00', 'gdpr.33-1', 'Europe/Atlantis');
  expect(code).toBe(2);
  expect(says).toContain('Europe/Atlantis');
});
