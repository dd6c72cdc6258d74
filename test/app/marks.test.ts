import { expect, test } from 'vitest';
import { makeMarks } from '../../src/app/marks.ts';
import { systemFiles } from '../../src/io/files.ts';
import { folder } from './company.ts';

test('once the keychain has answered nobody waits for it: a command can end', async () => {
  const waits: AbortSignal[] = [];
  const marks = makeMarks({
    folder: folder(),
    files: systemFiles(),
    keychain: {
      read: async () => await Promise.reject(new Error('no such entry')),
      write: async () => await Promise.resolve(),
      remove: async () => await Promise.resolve(),
    },
    patience: async (signal) => {
      waits.push(signal);
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve());
      });
    },
  });
  expect(await marks.known('firebreak.invalid/l/0123456789abcdef')).toEqual([]);
  expect(waits.map(({ aborted }) => aborted)).toEqual([true]);
});
