import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formOf } from '../../src/tui/forms/index.ts';
import { exportIds, input, rendered } from '../exports/rig.ts';
import { openedIn, told } from '../fixtures/incident.ts';
import { opened, seen } from '../rig/keyboard.ts';
import { FIRST_STEP, declared, keys, sitDown } from './sitting.ts';

// UX-12: a decision is written down from anywhere, in few fields, and its reason is in every export that tells the story.

const FIELDS_MAX = 5;

test('D from anywhere opens a form that wants at most five fields, and the decision is starred', async () => {
  const { app, press, words, store } = opened();
  for (const screen of ['c', 't', 'L', 'I', 'H']) {
    await press(screen, 'D');
    expect(seen(store)).toMatch(/[Dd]ecision/);
    await press('esc', 'esc');
  }
  const { fields } = formOf({ for: 'decision' }, store.world()).spec;
  const wanted = fields.filter((field) => !('optional' in field && field.optional === true));
  expect(wanted.length).toBeLessThanOrEqual(FIELDS_MAX);
  await press('D');
  for (const text of ['Tell customers now?', 'No', 'Nothing is proved yet', 'ada', 'ben: tell them'])
    await words(text).then(async () => await press('enter'));
  // What it rests on may be left empty.
  await press('enter');
  expect(app.commands).toContainEqual(
    expect.objectContaining({ do: 'decide', rationale: 'Nothing is proved yet' }),
  );
  expect(
    app
      .incident()
      .timeline({ starred: true })
      .map(({ why }) => why),
  ).toContain('Nothing is proved yet');
});

test('the reason is in the timeline, the brief and the machine formats', () => {
  const rationale = 'Because no log shows access';
  const staff = (value: string) => ({ class: 'staff' as const, value });
  const night = input(
    told([
      openedIn('Europe/Dublin'),
      {
        kind: 'decision.made',
        pub: { decision: 'tell', option: 'free', decider: 'ada', step: null, star: true },
        priv: { question: staff('Tell?'), options: staff('No'), rationale: staff(rationale) },
      },
    ]),
  );
  const telling = exportIds.filter((id) => ['brief', 'md', 'csv', 'jsonl', 'timeline-html'].includes(id));
  expect(telling.length).toBeGreaterThan(3);
  for (const id of telling) expect(rendered(id, night)).toContain(rationale);
});

test(
  'on a terminal: D from another screen, five fields, and the reason in the brief',
  { timeout: 120_000 },
  async () => {
    await using person = await sitDown('resume', await declared());
    await person.until(FIRST_STEP);
    await person.press('c', 'Clocks');
    await person.press('D', '> What was to be decided');
    for (const [words, next] of [
      ['Tell customers now?', '> Decided'],
      ['No', '> Why'],
      ['No log shows access', '> Who decided'],
      ['', '> Strong objections'],
      ['', '> Facts it rests on'],
      ['', 'Decision recorded, starred'],
    ] as const) {
      if (words !== '') await person.press(words, words);
      await person.press(keys.enter, next);
    }
    const { stdout } = await person.beside([
      'export',
      '--format',
      'brief',
      '--out',
      `${person.home}/brief.md`,
    ]);
    expect(readFileSync(stdout.trim(), 'utf8')).toContain('No log shows access');
  },
);
