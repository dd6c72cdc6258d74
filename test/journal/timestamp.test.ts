import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkTimestamp, timestampRequest } from '../../src/journal/timestamp.ts';
import { makeTsa, type Tsa } from '../rig/tsa.ts';

const data = 'firebreak.invalid/l/0011223344556677\n7\nroot\n\n— signature\n';
const nonce = Buffer.from('00f1e2d3c4b5a697', 'hex');

describe.each(['ec', 'rsa'] as const)('a time stamp of a real authority (%s)', (kind) => {
  let tsa: Tsa;
  let response: Buffer;
  beforeAll(async () => {
    tsa = await makeTsa(kind);
    response = tsa.answer(timestampRequest(data, nonce));
  });
  afterAll(async () => {
    await tsa.close();
  });

  it('is asked for and read as openssl does it', () => {
    expect(checkTimestamp(response, data, { nonce, ca: tsa.ca })).toMatchObject({
      ok: true,
      policy: '1.2.3.4.1',
      signer: 'CN=throw-away-TSA',
    });
    const at = (name: string): string => join(tsa.folder, name);
    writeFileSync(at('kept.tsr'), response);
    writeFileSync(at('data'), data);
    const said = execFileSync(
      'openssl',
      ['ts', '-verify', '-in', at('kept.tsr'), '-data', at('data'), '-CAfile', at('ca.pem')],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    expect(said).toContain('Verification: OK');
  });

  it('is refused over other bytes, for another question, or from another authority', async () => {
    expect(checkTimestamp(response, `${data} `, { ca: tsa.ca })).toMatchObject({
      why: 'it is over other bytes',
    });
    expect(checkTimestamp(response, data, { nonce: Buffer.from('01', 'hex') })).toMatchObject({
      why: 'it answers another question: the nonce differs',
    });
    const other = await makeTsa();
    expect(checkTimestamp(response, data, { ca: other.ca })).toMatchObject({ ok: false });
    expect(checkTimestamp(response, data, { ca: readFileSync(join(tsa.folder, 'ca.pem'), 'utf8') }).ok).toBe(
      true,
    );
    await other.close();
  });

  it('is refused after any byte of what is signed was changed, and no change makes the check fail loudly', () => {
    const passed: number[] = [];
    for (let at = 0; at < response.length; at += 1) {
      const changed = Buffer.from(response);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const found = checkTimestamp(changed, data, { nonce, ca: tsa.ca });
      if (found.ok) passed.push(at);
    }
    // What is left is not signed: the status text, versions, and the second certificate, the authority's own.
    const signedAt = response.indexOf(Buffer.from('throw-away-CA'));
    const firstSigned = response.indexOf(Buffer.from('060b2a864886f70d0109100104', 'hex'));
    expect(firstSigned).toBeGreaterThan(0);
    expect(signedAt).toBeGreaterThan(0);
    const info = response.indexOf(Buffer.from('2a030401', 'hex'));
    expect(passed.filter((at) => at >= info - 4 && at < info + 60)).toEqual([]);
    expect(passed.filter((at) => at > response.length - 60)).toEqual([]);
    for (let cut = 0; cut < response.length; cut += 7)
      expect(checkTimestamp(response.subarray(0, cut), data).ok).toBe(false);
  });
});
