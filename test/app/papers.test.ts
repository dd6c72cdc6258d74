import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OpenIncident, RenderAsked } from '../../src/app/contract.ts';
import { sha256Hex } from '../../src/base/hash.ts';
import { newHome, rigApp } from '../rig/app.ts';
import { company, folder, withToken } from './company.ts';

const asked = (format: string, more: Partial<RenderAsked> = {}): RenderAsked => ({
  letter: 'gdpr-art33',
  language: null,
  format,
  to: null,
  ...more,
});

const live = async (): Promise<OpenIncident> => {
  const all = await company();
  return await withToken(await all.app(), all);
};

const lastRow = (incident: OpenIncident) => incident.timeline({ newestFirst: true, limit: 1 })[0];

describe('a letter as a file', () => {
  test('is for its owner alone, and the journal says what was written where', async () => {
    const incident = await live();
    for (const format of ['md', 'txt', 'html', 'eml', 'docx', 'pdf']) {
      const made = await incident.writePaper(asked(format), null, false);
      expect(statSync(made.path).mode & 0o777).toBe(0o600);
      expect(sha256Hex(readFileSync(made.path))).toBe(made.sha256);
      expect(made.path).toMatch(new RegExp(`/[a-z-]+-gdpr-art33\\.en-\\d{8}T\\d{6}Z\\.${format}$`));
      const row = lastRow(incident);
      expect(row?.what).toBe(`Exported as gdpr-art33.en.${format}`);
      expect(row?.detail).toContain(`${basename(made.path)}; sha256 ${made.sha256}`);
    }
    await incident.leave();
  });

  test('replaces nothing that is there, unless that is asked for', async () => {
    const incident = await live();
    const path = join(folder(), 'notice.txt');
    writeFileSync(path, 'mine');
    const before = incident.view().state.size;
    await expect(incident.writePaper(asked('txt'), path, false)).rejects.toThrow(/usage.*already a/);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(incident.view().state.size).toBe(before);
    await incident.writePaper(asked('txt'), path, true);
    expect(readFileSync(path, 'utf8')).toContain('Notification of a personal data breach');
    await incident.leave();
  });

  test('gets a name of its own in a folder, and goes into no device', async () => {
    const incident = await live();
    const where = folder();
    await incident.writePaper(asked('md'), where, false);
    expect(readdirSync(where).filter((name) => name.endsWith('.md'))).toHaveLength(1);
    await expect(incident.writePaper(asked('md'), '/dev/null', true)).rejects.toThrow(/device or a pipe/);
    await incident.leave();
  });

  test('that is put nowhere is recorded nowhere', async () => {
    const incident = await live();
    const before = incident.view().state.size;
    const { bytes, text, complete } = await incident.paper(asked('txt'));
    expect([text, complete]).toEqual([true, false]);
    expect(new TextDecoder().decode(bytes)).toMatch(/^\*\*\* DRAFT/);
    expect(incident.view().state.size).toBe(before);
    await incident.leave();
  });

  test('in a form, a language or of a letter that there is not names what there is', async () => {
    const incident = await live();
    await expect(incident.paper(asked('odt'))).rejects.toThrow(/not-found.*md, txt, html, eml, docx, pdf/);
    await expect(incident.paper(asked('pdf', { language: 'xx' }))).rejects.toThrow(/not-found/);
    await expect(incident.paper(asked('pdf', { letter: 'love' }))).rejects.toThrow(/not-found/);
    await incident.leave();
  });
});

test('in a drill the file says so by its name, whatever name it is given, and inside', async () => {
  const app = await rigApp({ home: newHome() });
  const drill = await app.drill('leaked-whatsapp-token', { seed: 7, auto: true });
  const where = folder();
  const own = await drill.writePaper(asked('txt'), null, false);
  expect(own.path).toMatch(/\/DRILL-[^/]+\.txt$/);
  const named = await drill.writePaper(asked('txt'), join(where, 'notice.txt'), false);
  expect(named.path).toBe(join(where, 'DRILL-notice.txt'));
  expect(readFileSync(named.path, 'utf8')).toMatch(/^\*\*\* DRILL/);
  expect((await drill.writePaper(asked('txt'), join(where, 'my-drill.txt'), false)).path).toBe(
    join(where, 'my-drill.txt'),
  );
  await drill.leave();
  await app.close();
});
