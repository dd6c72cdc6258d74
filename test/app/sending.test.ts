import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SendBar } from '../../src/app/send-contract.ts';
import { free, merged, send, signed, through } from '../../src/dev/bench/send/steps.ts';
import { limits } from '../../src/model/limits.ts';
import { people, readers, ROW, scene } from './sending-rig.ts';

/** Letters that leave: under which rules, how often, and what is known of each afterwards. */

const rules = (bars: readonly SendBar[]): readonly string[] => bars.map(({ rule }) => rule);

describe('before it leaves', () => {
  test('a mailing wants to be seen by colleagues and agreed to by two others, and nothing goes meanwhile', async () => {
    const { incident, server, box } = await scene();
    const file = await merged(incident, box, 'all', people(3));
    const plan = await incident.mail.plan(through(file));
    expect(rules(plan.bars)).toEqual(['no-seed', 'needs-approval']);
    expect(plan).toMatchObject({ letters: 3, leaves: 3, drill: false });
    await expect(send(incident, through(file))).rejects.toMatchObject({ code: 'not-authorised' });
    const { approval } = await incident.mail.ask(through(file));
    await signed(incident, approval.asked ?? 0, 'ben');
    const waits = incident.view().people.waiting.find(({ asked }) => asked === approval.asked);
    expect(waits).toMatchObject({ step: 'send gdpr-art34', title: 'letters 3, through mail-notices' });
    expect(rules((await incident.mail.plan(through(file))).bars)).toEqual(['no-seed', 'needs-approval']);
    await signed(incident, approval.asked ?? 0, 'cleo');
    expect(rules((await incident.mail.plan(through(file))).bars)).toEqual(['no-seed']);
    expect(incident.view().people.waiting).toEqual([]);
    expect(server.letters).toHaveLength(0);
  });

  test('a seed goes to colleagues alone', async () => {
    const { incident, server, box } = await scene();
    const stranger = await merged(incident, box, 'stranger', ['orla@notices.lrh.example', 'eve@example.org']);
    const refused = send(incident, through(stranger, 'seed'));
    await expect(refused).rejects.toMatchObject({ facts: { rule: 'not-colleagues' } });
    const many = Array.from({ length: 26 }, (_, i) => `c${i}@notices.lrh.example`);
    const crowd = await merged(incident, box, 'crowd', many);
    await expect(send(incident, through(crowd, 'seed'))).rejects.toMatchObject({
      facts: { rule: 'not-colleagues' },
    });
    expect(server.letters).toHaveLength(0);
  });

  test('only a file that the journal names leaves, byte for byte', async () => {
    const { incident, box } = await scene();
    const file = await merged(incident, box, 'all', people(2));
    appendFileSync(file, ' ');
    await expect(incident.mail.plan(through(file))).rejects.toMatchObject({ code: 'not-found' });
    const made = join(box, 'made.jsonl');
    writeFileSync(made, readFileSync(file, 'utf8').replaceAll('p1@example.org', 'p9@example.org'));
    await expect(incident.mail.plan(through(made))).rejects.toMatchObject({ code: 'not-found' });
  });

  test('words that are no longer true stay', async () => {
    const { incident, box } = await scene();
    const file = await merged(incident, box, 'all', people(2));
    await free(incident, box, file);
    await incident.act({
      do: 'correct',
      fact: 'nature',
      answer: { is: 'text', text: 'A key of ours was stolen.' },
      reason: 'the log says so',
    });
    await expect(send(incident, through(file))).rejects.toMatchObject({ facts: { rule: 'words-changed' } });
  });

  test('words that are corrected while letters leave stop the rest of them', async () => {
    let [count, correcting] = [0, Promise.resolve()];
    let correct = async (): Promise<void> => await Promise.resolve();
    const taken = (): string => {
      count += 1;
      if (count === 50) correcting = correct();
      return '250 taken';
    };
    const { incident, box } = await scene({ taken });
    const file = await merged(incident, box, 'all', people(limits.mailPartMax + 20));
    await free(incident, box, file);
    correct = async () => {
      await incident.act({
        do: 'correct',
        fact: 'nature',
        answer: { is: 'text', text: 'A key of ours was stolen.' },
        reason: 'the log says so',
      });
    };
    const report = await send(incident, through(file));
    await correcting;
    expect(report).toMatchObject({
      ended: 'stopped',
      taken: limits.mailPartMax,
      stand: { open: 20, unsure: 0 },
    });
    expect(report.why).toContain('says something else now');
  });

  test('nothing goes over a channel that the incident touches, whoever agrees', async () => {
    // The inventory links the mail server to no channel: once mail is touched, nobody could say that this one is clean.
    const touched = (text: string): string => text.replace('medium: whatsapp', 'medium: email');
    const { incident, server, box } = await scene({}, touched);
    const file = await merged(incident, box, 'seed', ['orla@notices.lrh.example']);
    await expect(send(incident, through(file, 'seed'))).rejects.toMatchObject({ facts: { rule: 'channel' } });
    expect(server.letters).toHaveLength(0);
    const unsaid = ROW.replace(' channel: email-support,', '');
    const silent = await scene({}, (text) =>
      touched(text).replace('\nintegrations:\n', `\nintegrations:\n${unsaid}`),
    );
    const same = await merged(silent.incident, silent.box, 'seed', ['orla@notices.lrh.example']);
    await expect(send(silent.incident, through(same, 'seed'))).rejects.toMatchObject({
      facts: { rule: 'channel' },
    });
    const clean = await scene({}, (text) =>
      touched(text).replace('\nintegrations:\n', `\nintegrations:\n${ROW}`),
    );
    const other = await merged(clean.incident, clean.box, 'seed', ['orla@notices.lrh.example']);
    expect((await send(clean.incident, through(other, 'seed'))).stand.taken).toBe(1);
  });
});

describe('once it may leave', () => {
  test('every letter leaves once, by its own name, and a second run sends nothing', async () => {
    const { incident, server, box } = await scene();
    const file = await merged(incident, box, 'all', people(40));
    await free(incident, box, file);
    const seeds = server.letters.length;
    const report = await send(incident, through(file));
    expect(report).toMatchObject({ ended: 'whole', taken: 40, stand: { taken: 40, open: 0, unsure: 0 } });
    expect(server.letters.length - seeds).toBe(40);
    expect(new Set(readers(server)).size).toBe(41);
    const names = server.letters.map((one) => /^Message-ID: (<.*>)\r?$/m.exec(one)?.[1] ?? '');
    expect(new Set(names).size).toBe(41);
    expect(await send(incident, through(file))).toMatchObject({ taken: 0, stand: { taken: 40 } });
    expect(server.letters.length - seeds).toBe(40);
    const [, all] = await incident.mail.sent();
    expect(all).toMatchObject({ to: 'list', letters: 40, stand: { taken: 40 } });
    expect(incident.timeline().some(({ what }) => what.includes('40 taken by the server'))).toBe(true);
  });

  test('a letter whose answer was lost is in doubt, is left alone, and goes on only by the word of a person', async () => {
    const lost = new Set(['p3@example.org', 'p7@example.org']);
    const taken = (letter: string) =>
      [...lost].some((one) => letter.includes(`<${one}>`) && lost.delete(one)) ? 'cut' : '250 taken';
    const { incident, server, box } = await scene({ taken });
    const file = await merged(incident, box, 'all', people(12));
    await free(incident, box, file);
    const first = await send(incident, through(file));
    expect(first.stand).toMatchObject({ taken: 10, unsure: 2, open: 0 });
    const before = server.letters.length;
    expect((await send(incident, through(file))).stand).toMatchObject({ taken: 10, unsure: 2 });
    expect(server.letters).toHaveLength(before);
    const { mailing } = first.plan;
    const doubts = await incident.mail.letters(mailing, 'unsure');
    expect(new Set(doubts.map(({ to }) => to))).toEqual(new Set(['p3@example.org', 'p7@example.org']));
    const [one, two] = doubts;
    if (one === undefined || two === undefined) throw new Error('two are in doubt');
    expect(server.letters.some((letter) => letter.includes(`Message-ID: ${one.messageId ?? 'none'}`))).toBe(
      true,
    );

    const settle = { mailing: mailing.slice(0, 12), reason: 'the log of the server' };
    await incident.mail.settle({ ...settle, letters: [one.letter], taken: true });
    await incident.mail.settle({ ...settle, letters: [two.letter], taken: false });
    await expect(
      incident.mail.settle({ ...settle, letters: [one.letter], taken: false }),
    ).rejects.toMatchObject({ code: 'usage' });
    expect((await send(incident, through(file))).stand).toMatchObject({ taken: 12, unsure: 0, later: 0 });
    const to = readers(server);
    expect(to.filter((reader) => reader === one.to)).toHaveLength(1);
    expect(to.filter((reader) => reader === two.to)).toHaveLength(2);
  });

  test('who is refused for good is not tried again, who is put off is', async () => {
    let busy = true;
    const answer = (line: string) =>
      line.startsWith('RCPT') && line.includes('<p1@')
        ? '550 5.1.1 nobody here'
        : line.startsWith('RCPT') && line.includes('<p2@') && busy
          ? '451 4.7.1 later'
          : undefined;
    const { incident, server, box } = await scene({ answer });
    const file = await merged(incident, box, 'all', people(4));
    await free(incident, box, file);
    expect((await send(incident, through(file))).stand).toMatchObject({ taken: 2, refused: 1, later: 1 });
    busy = false;
    expect((await send(incident, through(file))).stand).toMatchObject({ taken: 3, refused: 1, later: 0 });
    expect(readers(server).filter((one) => one === 'p2@example.org')).toHaveLength(1);
  });

  test('a server that refuses us, or everybody, ends the run before the whole list is called refused', async () => {
    const all = await scene({
      answer: (line) => (line.includes('@example.org') ? '550 5.7.1 relaying denied' : undefined),
    });
    const file = await merged(all.incident, all.box, 'all', people(60));
    await free(all.incident, all.box, file);
    const report = await send(all.incident, through(file));
    expect(report.why).toMatch(/refused the first 20 readers.*relaying denied/);
    expect(report.stand.open).toBeGreaterThan(30);

    let told = false;
    const answer = (line: string) =>
      line.startsWith('MAIL') && told ? '553 5.7.1 not your address' : undefined;
    const us = await scene({ answer });
    const other = await merged(us.incident, us.box, 'all', people(8));
    await free(us.incident, us.box, other);
    told = true;
    const stopped = await send(us.incident, through(other));
    expect(stopped).toMatchObject({ ended: 'stopped', taken: 0, stand: { refused: 0 } });
    expect(stopped.why).toContain('not your address');
  });

  test('stopped by a person, what was begun is known and the rest goes on', async () => {
    const stop = new AbortController();
    let count = 0;
    const taken = () => {
      count += 1;
      if (count === 6) stop.abort();
      return '250 taken';
    };
    const { incident, box } = await scene({ taken });
    const file = await merged(incident, box, 'all', people(30));
    await free(incident, box, file);
    const report = await send(incident, through(file), stop);
    expect(report.ended).toBe('stopped');
    expect(report.stand.unsure).toBe(0);
    expect(report.stand.taken).toBeGreaterThan(3);
    expect(report.stand.open).toBeGreaterThan(10);
    expect((await send(incident, through(file))).stand).toMatchObject({ taken: 30, open: 0 });
  });

  test('who had the letter from another file of the same words gets no second one', async () => {
    const { incident, server, box } = await scene();
    const first = await merged(incident, box, 'first', people(3));
    await free(incident, box, first);
    await send(incident, through(first));
    const mended = await merged(incident, box, 'mended', people(5));
    const { approval } = await incident.mail.ask(through(mended));
    await signed(incident, approval.asked ?? 0, 'ben', 'cleo');
    expect(await incident.mail.plan(through(mended))).toMatchObject({ leaves: 2, elsewhere: 3, bars: [] });
    await send(incident, through(mended));
    const to = readers(server).filter((one) => one.endsWith('@example.org'));
    expect(to.toSorted()).toEqual(people(5));
  });
});

test('who had a letter in words that still stand gets it once, whatever other language was released since', async () => {
  const { incident, server, box } = await scene();
  const first = await merged(incident, box, 'first', people(3));
  await free(incident, box, first);
  await send(incident, through(first));
  await incident.releaseLetter({ letter: 'gdpr-art34', language: 'de', override: 'Legal has read it' });
  const mended = await merged(incident, box, 'mended', people(5));
  const plan = await incident.mail.plan(through(mended));
  expect(plan.languages.toSorted()).toEqual(['de', 'en']);
  expect(plan).toMatchObject({ leaves: 2, elsewhere: 3 });
  const to = readers(server).filter((one) => one.endsWith('@example.org'));
  expect(to.toSorted()).toEqual(people(3));
  // And whoever else sends that file cannot leave them out.
  const byHand = { file: mended, way: { by: 'hand', whom: 'Example Mailing Ltd' } } as const;
  const { approval } = await incident.mail.ask(byHand);
  await signed(incident, approval.asked ?? 0, 'ben', 'cleo');
  await expect(incident.mail.hand(byHand)).rejects.toThrow(/3 readers of this file had the letter/);
  expect((await incident.mail.sent()).some(({ handed }) => handed)).toBe(false);
});

test('a file that was given to somebody else is not sent from here as well', async () => {
  const { incident, server, box } = await scene();
  const file = await merged(incident, box, 'all', people(3));
  const byHand = { file, way: { by: 'hand', whom: 'Example Mailing Ltd, order 12' } } as const;
  await expect(incident.mail.hand(byHand)).rejects.toMatchObject({ facts: { rule: 'needs-approval' } });
  const { approval } = await incident.mail.ask(byHand);
  await signed(incident, approval.asked ?? 0, 'ben', 'cleo');
  await incident.mail.hand(byHand);
  await expect(send(incident, through(file))).rejects.toMatchObject({ facts: { rule: 'handed' } });
  expect(server.letters).toHaveLength(0);
  // Nobody here knows whom they reached: another file of the same words goes the same way or not at all.
  const more = await merged(incident, box, 'more', people(5));
  expect(rules((await incident.mail.plan(through(more))).bars)).toContain('handed');
  const alsoByHand = { file: more, way: { by: 'hand', whom: 'Example Mailing Ltd, order 13' } } as const;
  expect(rules((await incident.mail.plan(alsoByHand)).bars)).toEqual(['needs-approval']);
  expect((await incident.mail.sent())[0]).toMatchObject({ handed: true, letters: 3 });
  expect(incident.timeline().at(-1)?.what).not.toContain('undefined');
});

test('what came back is recorded against its letter, once, and foreign words are masked into one line', async () => {
  const { incident, server, box } = await scene();
  const file = await merged(incident, box, 'all', people(2));
  await free(incident, box, file);
  await send(incident, through(file));
  const letter = server.letters.find((one) => one.includes('<p1@example.org>')) ?? '';
  const id = /^Message-ID: (<.*>)\r?$/m.exec(letter)?.[1] ?? '';
  const report = [
    'From: MAILER-DAEMON@example.org',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; example.org',
    '',
    'Final-Recipient: rfc822; p1@example.org',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1',
    '  nobody of that name',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${id}`,
    '--b--',
  ].join('\r\n');
  const box1 = join(box, 'back.mbox');
  const answer = 'Subject: I am on holiday\n\nUntil Monday.\n';
  writeFileSync(
    box1,
    `From x Thu Jan  1 00:00:00 1970\n${report}\nFrom x Thu Jan  1 00:00:00 1970\n${answer}`,
  );
  expect(await incident.mail.bounces([box1])).toEqual({ messages: 2, recorded: 1, again: 0, other: 1 });
  expect(await incident.mail.bounces([box1])).toEqual({ messages: 2, recorded: 0, again: 1, other: 1 });
  const all = (await incident.mail.sent()).find(({ to }) => to === 'list');
  expect(all).toMatchObject({ bounced: { lasting: 1, late: 0 } });
});
