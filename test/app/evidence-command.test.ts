import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemProcesses } from '../../src/io/process.ts';
import { limits } from '../../src/model/limits.ts';
import { company } from './company.ts';

/** What a program printed, kept as evidence: byte for byte what it printed, or refused. */

const incident = async () => {
  const all = await company({ processes: systemProcesses(process.env) });
  return await (await all.app()).declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
};
const prints = (code: string) => ({ from: 'command', argv: [process.execPath, '-e', code] }) as const;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('has the hash that whoever runs the program again gets: its bytes, whatever they are, to the last', async () => {
  const one = await incident();
  const bytes = Buffer.from([0x1f, 0x8b, 0, 0xff, 0xfe, 0x80, 10]);
  const id = await one.addEvidence(
    prints(`process.stdout.write(Buffer.from('${bytes.toString('hex')}', 'hex'))`),
    {
      note: 'a packed log',
    },
  );
  const kept = one.view().state.evidence.find((each) => each.id === id);
  expect(kept).toMatchObject({ size: bytes.length, sha256: sha256(bytes) });
});

test('longer than a page or two is kept whole', async () => {
  const one = await incident();
  const size = limits.commandOutputBytesMax + 1000;
  const id = await one.addEvidence(prints(`process.stdout.write('x'.repeat(${size}))`), {
    note: 'a long log',
  });
  expect(one.view().state.evidence.find((each) => each.id === id)?.size).toBe(size);
});

test('cut short is refused, and says how it is had', async () => {
  const one = await incident();
  const tooMuch = prints(`for (let i = 0; i < 66; i += 1) process.stdout.write(Buffer.alloc(2 ** 20))`);
  await expect(one.addEvidence(tooMuch, { note: 'a dump' })).rejects.toThrow(/64 MiB.*file/);
  expect(one.view().state.evidence).toEqual([]);
});
