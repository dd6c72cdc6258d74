import { expect, test, vi } from 'vitest';
import type { OpenIncident } from '../../src/app/contract.ts';
import { Problem } from '../../src/base/problem.ts';
import { top } from '../../src/tui/shell/model.ts';
import { handingTo } from '../fakes/handing.ts';
import { opened, seen } from '../rig/keyboard.ts';

// Changing laptops from the screen of people: for whom, what is refused, what it says afterwards, and the way back.

const rig = (more: Partial<Pick<OpenIncident, 'packet' | 'packetPlan' | 'leave'>> = {}) => {
  const at = opened();
  const incident = at.app.incident();
  const handed = handingTo((...events) => incident.write(...events));
  const packet = vi.fn<OpenIncident['packet']>(async (line, out) => await handed.packet(line, out));
  const leave = vi.fn<OpenIncident['leave']>(async () => await Promise.resolve());
  Object.assign(incident, { packet, leave, ...more });
  return { ...at, incident, packet, leave, text: () => seen(at.store).replaceAll(/\s+/g, ' ') };
};
const LINE = 'firebreak-to1qqqq';

test('nothing is handed over before the letters were shown and the codename was typed', async () => {
  const at = rig();
  await at.press('H', 'p');
  expect(at.text()).toContain('firebreak keys receive');
  await at.words(LINE);
  await at.press('enter', 'enter');
  expect(at.text()).toContain('1a2b-3c4d-5e6f-7a8b');
  expect(at.text()).toContain('Have these characters read out to you by voice');
  expect(at.text()).toContain('it goes on there, and is only read here');
  await at.press('enter');
  await at.words('HERO');
  await at.press('enter', 'enter');
  expect(at.text()).toContain('not the codename');
  expect(at.packet).not.toHaveBeenCalled();
  await at.words('N');
  await at.press('enter');
  expect(at.packet.mock.calls).toEqual([[LINE, '/exports/HERON.packet']]);
});

test('afterwards it says what to tell the other, is left here, and home says where it goes on', async () => {
  const at = rig();
  await at.press('H', 'p');
  await at.words(LINE);
  await at.press('enter', 'enter');
  await at.words('HERON');
  await at.press('enter');
  expect(at.text()).toContain('HANDED OVER: HERON goes on at 1a2b-3c4d-5e6f-7a8b');
  expect(at.text()).toContain('firebreak resume --from FILE');
  expect(at.text()).toContain('Read its first letters to each other: a1b2 c3d4');
  expect(at.leave).toHaveBeenCalledTimes(1);
  expect(at.store.world().incident).toBeNull();
  await at.press('esc');
  expect(top(at.store.model()).at).toBe('home');
  expect(at.text()).toContain('HANDED OVER to 1a2b-3c4d-5e6f-7a8b: go on there');
});

test('opened again it is only read, with its banner; it can be kept here with a reason, and made again', async () => {
  const at = rig();
  await at.incident.packet(LINE, '/x');
  at.store.tick();
  expect(at.text()).toContain('HANDED OVER, go on there');
  await at.press('x');
  expect(at.text()).toContain('it goes on at another machine');
  await at.press('H', 'p');
  expect(at.text()).toContain('it can be made again, for that machine alone');
  await at.press('esc', 'K');
  await at.words('The courier never came');
  await at.press('enter');
  expect(at.app.commands.at(-1)).toEqual({ do: 'keep-journal', reason: 'The courier never came' });
  expect(at.text()).not.toContain('HANDED OVER, go on there');
});

test('what is refused is said with the way on, and the words that were typed are still there', async () => {
  const packetPlan = async () =>
    await Promise.reject(
      new Problem('usage', {
        why: 'that is not the line of a receiver: a letter is wrong or missing',
        next: 'whoever takes over prints theirs with: firebreak keys receive',
      }),
    );
  const at = rig({ packetPlan });
  await at.press('H', 'p');
  await at.words('firebreak-to1nonsense');
  await at.press('enter', 'enter');
  expect(at.text()).toContain('a letter is wrong or missing');
  await at.press('esc');
  expect(at.text()).toContain('firebreak-to1nonsense');
});

test('a packet that could not be written leaves the person where they were', async () => {
  const packet = async () => await Promise.reject(new Problem('usage', { why: 'there is a file already' }));
  const at = rig({ packet });
  await at.press('H', 'p');
  await at.words(LINE);
  await at.press('enter', 'enter');
  await at.words('HERON');
  await at.press('enter');
  expect(at.text()).toContain('there is a file already');
  expect(at.store.world().incident).not.toBeNull();
});

test('where it was handed to nobody there is nothing to keep; where another process acts nothing is handed over', async () => {
  const at = rig();
  await at.press('H', 'K');
  expect(at.text()).toContain('Not now: it was handed to nobody: it goes on here');
  const other = opened({ readOnly: true });
  await other.press('H', 'p');
  expect(seen(other.store)).toContain('Not now: read-only: another process runs this incident');
});
