import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App, Programme, ReportFormat } from '../../src/app/contract.ts';
import { newHome, rigApp } from '../rig/app.ts';

/** One scenario begun by people and scored at once, one played by the script: what the programme makes of both. */

const RUNBOOK = 'unknown-chat-breach';
let app: App;
let programme: Programme;
let played: string;
let scripted: string;

const held = async (): Promise<string> => {
  const drill = await app.drill(RUNBOOK, { fresh: true, seed: 4 });
  await drill.act({ do: 'note', text: 'We look at it', star: false });
  await drill.finish();
  await drill.leave();
  return drill.id;
};

beforeAll(async () => {
  app = await rigApp({ home: newHome() });
  const drill = await app.drill(RUNBOOK, { auto: true, seed: 4 });
  await drill.auto(() => undefined);
  await drill.finish();
  await drill.leave();
  scripted = drill.id;
  played = await held();
  programme = await app.programme();
}, 60_000);
afterAll(async () => {
  await app.close();
});

const text = async (drill: string, format: ReportFormat = 'md', pseudonyms = false): Promise<string> =>
  new TextDecoder().decode((await programme.report({ drill, format, pseudonyms })).bytes);

describe('the programme of drills', () => {
  test('counts who played by what the journal says, and covers what the scenario practises', () => {
    const drills = new Map(programme.drills().map((drill) => [drill.id, drill]));
    expect(drills.get(played)).toMatchObject({ by: 'people', passed: false, people: ['ada'] });
    expect(drills.get(scripted)).toMatchObject({ by: 'script', passed: true });
    const { programme: turn, scenarios, elements, played: count, scripted: left } = programme.cadence();
    expect([count, left, turn.standing]).toEqual([1, 1, 'fine']);
    expect(scenarios.find(({ runbook }) => runbook === RUNBOOK)).toMatchObject({
      standing: 'fine',
      passed: false,
    });
    expect(elements.find(({ element }) => element === 'procedures')?.standing).toBe('fine');
    expect(elements.find(({ element }) => element === 'backup')?.standing).toBe('never');
    expect(programme.calendar()).toContain('UID:programme.drills@firebreak.invalid');
  });

  test('keeps improvements in the journal of the drill, also after it ended, and it still verifies', async () => {
    const item = await programme.addItem(scripted, {
      observation: 'The number was old; the password is hunter2-hunter2',
      action: 'Ring each quarter',
      cause: null,
      owner: 'ada',
      due: '2020-01-01',
      priority: 'high',
    });
    expect(item).toMatchObject({ number: 1, owner: 'ada', closed: null });
    expect(programme.cadence().overdueItems.map(({ name }) => name)).toEqual([item.name]);
    await expect(programme.closeItem(item.name, { retest: scripted })).rejects.toMatchObject({
      code: 'usage',
    });
    await expect(programme.closeItem('nobody-7', { evidence: 'x' })).rejects.toMatchObject({
      code: 'not-found',
    });
    const closed = await programme.closeItem(item.name, { evidence: 'Ticket 12' });
    expect(closed.closed).toMatchObject({ how: 'evidence', evidence: 'Ticket 12' });
    expect(programme.cadence().overdueItems).toEqual([]);
    expect(await app.verify(scripted)).toMatchObject({ ok: true, problems: [] });
  });

  test('reports in the same bytes whenever it is asked, and in other bytes once something was added', async () => {
    const forms: readonly ReportFormat[] = ['md', 'docx', 'svg'];
    for (const format of forms) {
      const asked = { drill: played, format, pseudonyms: false };
      const [first, second] = [await programme.report(asked), await programme.report(asked)];
      expect(second.sha256).toBe(first.sha256);
      expect(first.name).toMatch(/^DRILL-/);
    }
    const { sha256 } = await programme.report({ drill: played, format: 'md', pseudonyms: false });
    const written = await programme.writeReport(
      { drill: played, format: 'md', pseudonyms: false },
      null,
      false,
    );
    expect(written.sha256).toBe(sha256);
    await programme.addItem(played, {
      observation: 'Nobody declared',
      action: 'Declare',
      cause: null,
      owner: 'ada',
      due: '2099-01-01',
      priority: 'low',
    });
    expect((await programme.report({ drill: played, format: 'md', pseudonyms: false })).sha256).not.toBe(
      sha256,
    );
  });

  test('says what was missed, marks the gaps, and names nobody under pseudonyms', async () => {
    const plain = await text(played);
    expect(plain).toContain('RED: not passed');
    expect(plain).toMatch(/GAP: /);
    expect(plain).toContain('ada');
    const shared = await text(played, 'md', true);
    expect(shared).toMatch(/Person \d/);
    expect(shared).not.toMatch(/\bada\b/);
    expect(await text(scripted)).toMatch(/GREEN|AMBER/);
  });

  test('compares with earlier drills that were played in the same way alone', async () => {
    expect(await text(played)).toContain('no earlier drill');
    const again = await held();
    expect(await text(again)).toMatch(/Oldest first/);
    expect(await text(again, 'svg')).toContain('of the last 2 drills');
  });
});
