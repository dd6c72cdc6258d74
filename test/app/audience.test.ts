import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App, OpenIncident } from '../../src/app/contract.ts';
import { compareWithheld } from '../../src/app/withheld.ts';
import { systemFiles } from '../../src/io/files.ts';
import { company, folder, type Company } from './company.ts';

// Over the real journal: what is withheld is gone from the bytes, and can be matched by whoever has the journal or was given the openings.

/** The machine may be busy with much else. */
const SLOW = 120_000;

let all: Company;
let app: App;
let incident: OpenIncident;
let place: string;

beforeEach(async () => {
  all = await company();
  place = folder();
  app = await all.app({ actor: 'zaphira' });
  incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token leaked' });
  await incident.act({ do: 'role', role: 'commander', person: 'zaphira' });
  await incident.act({
    do: 'note',
    text: 'zaphira saw marrowgate, write to corvina@example.net',
    star: true,
  });
}, SLOW);

afterEach(async () => {
  await app.close();
});

const exported = async (
  audience: 'board' | 'regulator',
): Promise<Readonly<{ copy: string; list: string }>> => {
  const paths = await incident.export('md', join(place, `${audience}.md`), { audience });
  expect(paths).toEqual([join(place, `${audience}.md`), join(place, `${audience}.md.withheld.jsonl`)]);
  return { copy: paths[0] ?? '', list: paths[1] ?? '' };
};

describe('a copy for an audience', () => {
  test('names its list by the hash on its first page, and both are for their owner alone', async () => {
    const { copy, list } = await exported('board');
    const text = readFileSync(copy, 'utf8').replaceAll('\\', '');
    expect(text).not.toMatch(/zaphira|corvina/);
    expect(text).toContain('commander-1 saw marrowgate, write to [withheld: personal]');
    expect(text).toContain('Made for the board');
    expect(text).toMatch(/1 person stands under a role/);
    const { is } = await incident.checkWithheld(list);
    expect(is).toBe('list');
    for (const path of [copy, list]) expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('is the copy that the journal says, or no export of it at all', async () => {
    const { copy } = await exported('board');
    expect(await incident.checkWithheld(copy)).toMatchObject({ is: 'copy', format: 'md', audience: 'board' });
    writeFileSync(copy, `${readFileSync(copy, 'utf8')} `);
    await expect(incident.checkWithheld(copy)).rejects.toThrow('not-found');
  });

  test('has a list whose every commitment is to what the journal holds', async () => {
    const { list } = await exported('regulator');
    // What is recorded afterwards changes nothing about it: not even that somebody takes a role.
    await incident.act({ do: 'role', role: 'legal', person: 'ottoline' });
    const found = await incident.checkWithheld(list);
    expect(found).toMatchObject({ is: 'list', different: [] });
    if (found.is === 'list') expect([found.same, found.removed > 2]).toEqual([found.removed, true]);
  });

  test('has a list that is of this journal or is refused: one that was changed is unknown', async () => {
    const { list } = await exported('regulator');
    const text = readFileSync(list, 'utf8');
    writeFileSync(list, text.replace(/"commitment":"[0-9a-f]{8}/, '"commitment":"00000000'));
    await expect(incident.checkWithheld(list)).rejects.toThrow('not-found');
  });

  test('can be opened to somebody without a journal, who finds a text that was swapped', async () => {
    const { list } = await exported('regulator');
    const out = join(place, 'openings.jsonl');
    const { opened, closed } = await incident.openWithheld(list, out, []);
    expect([opened > 2, closed]).toEqual([true, 0]);
    const files = systemFiles();
    expect(compareWithheld(files, list, out)).toEqual({ same: opened, different: [] });
    const text = readFileSync(out, 'utf8');
    expect(text).toContain('marrowgate');
    writeFileSync(out, text.replace('saw marrowgate', 'saw nothing'));
    expect(compareWithheld(files, list, out).different).toEqual([expect.stringMatching(/^entry \d+, text$/)]);
    await expect(incident.openWithheld(list, out, [])).rejects.toThrow('already');
    expect(incident.timeline({ newestFirst: true, limit: 1 })[0]?.what).toBe('Exported as openings');
  });

  test('is refused in a format that could not leave out what is withheld, with those that can', async () => {
    await expect(incident.export('veris', null, { audience: 'public' })).rejects.toThrow(
      /timeline, timeline-html/,
    );
    await expect(incident.export('bundle', null, { audience: 'board' })).rejects.toThrow('usage');
  });

  test('leaves nothing behind where it cannot be written', async () => {
    const nowhere = join(place, 'no', 'such', 'folder.md');
    await expect(incident.export('md', nowhere, { audience: 'board' })).rejects.toThrow(
      /no such|ENOENT|not there/i,
    );
    expect(readdirSync(place)).toEqual([]);
  });

  test('needs the key, because what is withheld must be matched later; the full copy does not', async () => {
    const { id } = incident;
    await app.close();
    rmSync(join(all.home, 'keys', 'data.key'));
    app = await all.app({ actor: 'zaphira' });
    incident = await app.open(id);
    const out = join(place, 'board.md');
    await expect(incident.export('md', out, { audience: 'board' })).rejects.toThrow('sealed');
    expect(existsSync(out)).toBe(false);
    expect(await incident.export('md', out)).toEqual([out]);
  });
});

test('the full copy is one file, as it always was', async () => {
  const paths = await incident.export('md', join(place, 'full.md'));
  expect(paths).toEqual([join(place, 'full.md')]);
  expect(readFileSync(paths[0] ?? '', 'utf8')).toMatch(/zaphira/);
});

describe('since the last export', () => {
  const made = async (format: string, name: string, audience?: 'board'): Promise<string> => {
    const [path = ''] = await incident.export(format, join(place, name), {
      since: 'last',
      ...(audience === undefined ? {} : { audience }),
    });
    return readFileSync(path, 'utf8').replaceAll('\\', '');
  };

  test('with none before, says so and is the whole of it', async () => {
    const text = await made('md', 'first.md');
    expect(text).toContain('Nothing of this kind was exported for this reader before');
    expect(text).toContain('marrowgate');
    expect(text).not.toContain('Not everything is here');
  });

  test('shows what was recorded after it alone, with clocks, counts and decisions at the head', async () => {
    await incident.export('md', join(place, 'first.md'));
    const now = incident.view().now;
    await incident.act({ do: 'learn', fact: 'aware', answer: { is: 'time', at: now } });
    await incident.act({
      do: 'learn',
      fact: 'subjects-count',
      answer: { is: 'range', about: 612, from: 600, to: 700, basis: 'the list' },
    });
    await incident.act({
      do: 'decide',
      step: null,
      question: 'Do we write tonight?',
      decision: 'write-tonight',
      option: 'yes',
      rationale: 'it is early',
      decider: 'zaphira',
    });
    const text = await made('md', 'second.md');
    expect(text).toMatch(/Since the last export of this kind \(entry \d+, /);
    expect(text).toMatch(/1 decision/);
    expect(text).toMatch(/Clocks: .*running, due .*before: PROVISIONAL/i);
    expect(text).toContain('subjects-count: about 612 (between 600 and 700) (before: not known yet)');
    expect(text).toContain('Decisions: Do we write tonight? yes, by zaphira');
    expect(text).not.toContain('marrowgate');
    expect(text).toMatch(/Chosen: recorded from entry \d+ on/);
    // That this was exported is no news to whoever has it.
    expect(await made('md', 'third.md')).toContain(': nothing was recorded.');
  });

  test('is of the same format and the same reader: the board has not read what the full copy said', async () => {
    await incident.export('md', join(place, 'first.md'));
    expect(await made('md', 'board.md', 'board')).toContain('Nothing of this kind was exported');
    expect(await made('brief', 'brief.md')).toContain('Nothing of this kind was exported');
    await incident.act({ do: 'severity', severity: 'critical', reason: 'more accounts' });
    expect(await made('brief', 'again.md')).toMatch(
      /Since the last export of this kind .*1 entry: 1 decision/,
    );
    await expect(made('veris', 'v.json')).rejects.toThrow('usage');
  });
});

describe('what is marked privileged', () => {
  const noted = async (): Promise<void> => {
    await incident.act({ do: 'role', role: 'legal', person: 'zaphira' });
    await incident.act({ do: 'note', text: 'counsel thinks bramblewick', privileged: { directedBy: null } });
  };

  test('is set by whoever is legal, or at their direction, and by nobody else', async () => {
    const note = { do: 'note', text: 'what bramblewick means' } as const;
    await expect(incident.act({ ...note, privileged: { directedBy: null } })).rejects.toThrow(
      'not-authorised',
    );
    await incident.act({ do: 'role', role: 'legal', person: 'ottoline' });
    await expect(incident.act({ ...note, privileged: { directedBy: null } })).rejects.toThrow('ottoline');
    await expect(incident.act({ ...note, privileged: { directedBy: 'zaphira' } })).rejects.toThrow(
      'ottoline',
    );
    await incident.act({ ...note, privileged: { directedBy: 'ottoline' } });
    expect(incident.timeline({ newestFirst: true, limit: 1 })[0]?.what).toBe(
      'Privileged note: what bramblewick means',
    );
  });

  test(
    'stays out of the full copy in every format, which says so',
    async () => {
      await noted();
      for (const { id } of app.formats().filter(({ id: one }) => one !== 'bundle'))
        for (const path of await incident.export(id, `${place}/${id}/`))
          expect(readFileSync(path).includes('bramblewick'), path).toBe(false);
      const text = readFileSync(
        (await incident.export('md', join(place, 'full.md')))[0] ?? '',
        'utf8',
      ).replaceAll('\\', '');
      expect(text).toContain('Privileged note: [withheld: privileged]');
      expect(text).toContain('all or part of 1 of');
      expect(text).toContain('zaphira');
    },
    SLOW,
  );

  test('leaves for people who are named, with the word, and the journal keeps who', async () => {
    await noted();
    const out = join(place, 'counsel.jsonl');
    const asked = { audience: 'counsel' } as const;
    const refused = [
      asked,
      { ...asked, privileged: { recipients: 'Ottoline Reed', typed: 'yes' } },
      { ...asked, privileged: { recipients: '  ', typed: 'privileged' } },
      { privileged: { recipients: '', typed: 'privileged' } },
    ];
    for (const one of refused)
      await expect(incident.export('jsonl', out, one)).rejects.toThrow('needs-confirmation');
    expect(existsSync(out)).toBe(false);
    const privileged = { recipients: 'Ottoline Reed, Reed & Partners', typed: 'privileged' };
    expect(await incident.export('jsonl', out, { ...asked, privileged })).toEqual([out]);
    const lines = readFileSync(out, 'utf8');
    expect(lines).toContain('bramblewick');
    expect(lines).toContain('"privileged":true');
    const row = incident.timeline({ newestFirst: true, limit: 1 })[0];
    expect(row?.what).toBe('Exported as jsonl for: counsel, with what is privileged');
    expect(row?.detail).toContain('for Ottoline Reed, Reed & Partners');
    const [brief = ''] = await incident.export('md', join(place, 'counsel.md'), { ...asked, privileged });
    expect(readFileSync(brief, 'utf8').replaceAll('\\', '')).toContain(
      'PRIVILEGED: what counsel marked so is in this copy, which is for Ottoline Reed, Reed & Partners alone.',
    );
  });

  test('is not opened out of a list, and not disclosed by its number', async () => {
    await noted();
    const [, list = ''] = await incident.export('md', join(place, 'full.md'));
    const out = join(place, 'openings.jsonl');
    expect(await incident.openWithheld(list, out, [])).toEqual({ opened: 0, closed: 1 });
    expect(readFileSync(out, 'utf8')).not.toContain('bramblewick');
    const note = incident.timeline({ newestFirst: true }).find(({ kind }) => kind === 'note.added');
    await expect(incident.disclose(note?.n ?? 0, ['text'], join(place, 'entry'))).rejects.toThrow(
      'privileged',
    );
  });
});

describe('what is said of an export before it is written', () => {
  const CHOICES = [
    {},
    { audience: 'board' },
    { audience: 'public' },
    { since: 'last' },
    { choice: { from: null, to: null, starred: false, words: 'marrowgate', since: null } },
    {
      audience: 'public',
      choice: { from: null, to: null, starred: false, words: 'marrowgate', since: null },
    },
  ] as const;

  test.each(CHOICES)('is what is written: %o', async (asked) => {
    await incident.export('csv', join(place, 'before.csv'));
    const says = incident.previewExport('csv', asked).map((one) => one.says);
    const [path = ''] = await incident.export('csv', join(place, 'now.csv'), asked);
    const rows = readFileSync(path, 'utf8')
      .split('\r\n')
      .filter((line) => /^"\d+"/.test(line));
    expect(says[0]).toMatch(new RegExp(`^${rows.length} of \\d+ rows are written`));
    const said = readFileSync(path, 'utf8').match(/(\d+) (?:rows|row) whole/)?.[1] ?? '0';
    if ('audience' in asked) expect(says[1]).toMatch(new RegExp(`^Withheld: ${said} |^Nothing`));
  });

  test('says what stands in the way, and a zone that was chosen is that of the file', async () => {
    expect(incident.previewExport('veris', { audience: 'board' })).toEqual([
      { says: expect.stringContaining('is not made for the board') as string, tone: 'bad' },
    ]);
    expect(incident.previewExport('md', { audience: 'counsel' })[0]?.tone).toBe('bad');
    const [path = ''] = await incident.export('md', join(place, 'tokyo.md'), { zone: 'Asia/Tokyo' });
    expect(readFileSync(path, 'utf8')).toMatch(/\+09:00/);
  });
});
