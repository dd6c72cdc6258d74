import { expect, test } from 'vitest';
import type { JournalDoor } from '../../src/app/contract.ts';
import { sha256Hex } from '../../src/base/hash.ts';
import { fakeApp } from './fake-app.ts';
import { firebreak } from './rig.ts';

const text = `title: Leaked token\n${'steps and steps '.repeat(1000)}`;
const entry = {
  n: 1,
  prev: 'aa',
  actor: 'ann',
  kind: 'definition.frozen',
  at: { wall: '2026-03-01T09:00:00.000Z' },
  pub: { name: 'runbook', part: 1, of: 1, text },
  priv: [],
};
const journals = { show: () => [{ entry, hash: 'bb' }] } as unknown as JournalDoor;
const asked = { app: fakeApp({ journals: async () => await Promise.resolve(journals) }) };

test.each([['show'], ['tail']])(
  'journal %s tells a frozen text by its size and hash, and whole when asked',
  async (how) => {
    const short = await firebreak(['journal', how, 'inc-1'], asked);
    expect(short.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(short.stdout.length).toBeLessThan(400);
    expect(short.stdout).toContain(`[${text.length} bytes, sha256 ${sha256Hex(text)}, whole with --full]`);
    expect((await firebreak(['journal', how, 'inc-1', '--full'], asked)).stdout).toContain(
      JSON.stringify(text),
    );
    expect((await firebreak(['journal', how, 'inc-1', '--json'], asked)).stdout).toContain(
      JSON.stringify(text),
    );
  },
);
