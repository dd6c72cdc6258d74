import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { App, OpenDrill } from '../../src/app/contract.ts';
import { systemSockets } from '../../src/io/socket.ts';
import { isWithin, parseHours } from '../../src/model/consent.ts';
import { newHome, rigApp } from '../rig/app.ts';

/** A drill that nobody is told of: only with a manager's word, once, and taken over by whoever comes. */

const RUNBOOK = 'leaked-whatsapp-token';
const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const appAt = async (home: string, actor = 'ada'): Promise<App> => {
  const app = await rigApp({ home, actor });
  ends.push(async () => await app.close());
  return app;
};
const begun = async (app: App): Promise<OpenDrill> => {
  const { drill, notPaged } = await app.unannounced(RUNBOOK);
  ends.push(async () => await drill.leave());
  expect(notPaged).toBeNull();
  return drill;
};
const consent = { scenario: RUNBOOK, by: 'priya', until: '2099-12-31', notBetween: null } as const;
const stop = new AbortController().signal;

/** The hours around now, wherever the company is, or those without now. */
const hours = (app: App, now: boolean) => {
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: app.zone }).format(
      app.now(),
    ),
  );
  const at = (add: number): string => `${String((hour + add + 24) % 24).padStart(2, '0')}:00`;
  return now ? { from: at(-1), to: at(2) } : { from: at(3), to: at(5) };
};

describe('an unannounced drill', () => {
  test('does not begin without a consent, and says how to get one', async () => {
    const app = await appAt(newHome());
    await expect(app.unannounced(RUNBOOK)).rejects.toMatchObject({
      code: 'not-authorised',
      facts: {
        why: expect.stringContaining('nobody has consented') as string,
        next: expect.stringContaining(`firebreak drill consent ${RUNBOOK} --by NAME`) as string,
      },
    });
    expect(app.incidents('drills')).toEqual([]);
  });

  test('spends its consent, which stands in its journal with the page that went out', async () => {
    const home = newHome();
    const app = await appAt(home);
    const given = await app.consent(consent);
    const drill = await begun(app);
    const told = drill.timeline().map(({ what, detail }) => `${what} ${detail}`);
    expect(told).toContainEqual(expect.stringContaining(`by the consent of priya ${given.id}`) as string);
    expect(told).toContainEqual(expect.stringContaining('The page went out') as string);
    const mail = readFileSync(join(home, 'drills', drill.id, 'systems', 'letters.mbox'), 'utf8');
    expect(mail).toContain('Subject: DRILL page:');
    const words = Buffer.from(mail.split('base64\n\n')[1] ?? '', 'base64').toString('utf8');
    expect(words).toContain('THIS IS A DRILL');
    expect(words).toContain(`firebreak drill run ${RUNBOOK}`);
    await expect(app.unannounced(RUNBOOK)).rejects.toMatchObject({
      facts: { why: expect.stringContaining('was for one drill') as string },
    });
  });

  test('of two programs that begin at once, one has the consent', async () => {
    const home = newHome();
    const apps = [await appAt(home), await appAt(home, 'eve')];
    await apps[0]?.consent(consent);
    const tried = await Promise.allSettled(apps.map(async (app) => await begun(app)));
    expect(tried.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('does not begin after the last day, in the hours that were left out, or for another scenario', async () => {
    const home = newHome();
    const app = await appAt(home);
    await expect(app.consent({ ...consent, until: '2020-01-01' })).rejects.toThrow('is over already');
    await expect(app.consent({ ...consent, scenario: 'nothing-like-it' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await app.consent({ ...consent, scenario: 'widget-card-skimming' });
    await app.consent({ ...consent, notBetween: hours(app, true) });
    await expect(app.unannounced(RUNBOOK)).rejects.toMatchObject({
      facts: { why: expect.stringContaining('leaves out') as string },
    });
    // The control: the same consent with other hours lets it begin.
    await app.consent({ ...consent, notBetween: hours(app, false) });
    await begun(app);
  });

  test('waits, and goes on in the program of whoever comes, with its time and without a second drill', async () => {
    const home = newHome();
    const waits = await appAt(home, 'cron');
    await waits.consent(consent);
    const drill = await begun(waits);
    const came = drill.waitForPlayers(stop).then(async (how) => {
      await drill.leave();
      return how;
    });
    const joined = await (await appAt(home, 'eve')).drill(RUNBOOK, {});
    ends.push(async () => await joined.leave());
    expect(await came).toBe('taken');
    expect(joined.id).toBe(drill.id);
    expect(joined.view()).toMatchObject({ readOnly: false });
    await joined.acknowledge();
    expect(
      joined.timeline().some(({ what, actor }) => actor === 'eve' && what.includes('acknowledged')),
    ).toBe(true);
  });

  test('is let go for nobody unless it waits', async () => {
    const home = newHome();
    const drill = await (await appAt(home)).drill(RUNBOOK, {});
    ends.push(async () => await drill.leave());
    const link = await systemSockets().connect(join(home, 'drills', drill.id, 'facilitate.sock'));
    expect(JSON.parse(await link.ask('{"is":"take"}'))).toMatchObject({ ok: false });
    const waits = drill.waitForPlayers(stop);
    expect(JSON.parse(await link.ask('{"is":"take"}'))).toMatchObject({ ok: true });
    expect(await waits).toBe('taken');
    link.close();
  });

  test('stops waiting when it is told to, and when something real ends it', async () => {
    const home = newHome();
    const app = await appAt(home);
    await app.consent(consent);
    const drill = await begun(app);
    const asked = new AbortController();
    const first = drill.waitForPlayers(asked.signal);
    asked.abort();
    expect(await first).toBe('stopped');
    const second = drill.waitForPlayers(stop);
    await (await appAt(home, 'eve')).realEvent(null);
    expect(await second).toBe('over');
  });
});

test.each([
  ['22:00-06:00', '23:30', true],
  ['22:00-06:00', '05:59', true],
  ['22:00-06:00', '06:00', false],
  ['09:00-17:00', '12:00', true],
  ['09:00-17:00', '17:00', false],
])('hours %s hold at %s: %s', (text, at, holds) => {
  const found = parseHours(text);
  expect(found === null ? null : isWithin(found, at)).toBe(holds);
});

test.each(['', '22-06', '25:00-06:00', '22:00', '22:00-22:00', '1-2-3'])('no hours: %s', (text) => {
  expect(parseHours(text)).toBeNull();
});
