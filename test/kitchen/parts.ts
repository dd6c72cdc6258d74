import { HOUR } from '../../src/base/duration.ts';
import type { Result } from '../../src/model/action.ts';
import { adviceRows } from '../../src/tui/parts/advice.ts';
import { approvalRows } from '../../src/tui/parts/approval.ts';
import { clockBar } from '../../src/tui/parts/clock.ts';
import { contactFor, contactLines } from '../../src/tui/parts/contact.ts';
import { commas, counted, leftWords, rateWords } from '../../src/tui/parts/far.ts';
import { fieldOf, pasteInto } from '../../src/tui/parts/field.ts';
import { findRunbooks } from '../../src/tui/parts/find.ts';
import {
  fieldLines,
  fieldPage,
  labelRow,
  leftLines,
  queryLines,
  secretLines,
} from '../../src/tui/parts/input.ts';
import {
  clip,
  documentLines,
  labelled,
  line,
  paragraph,
  quiet,
  span,
  wrap,
  type Line,
} from '../../src/tui/parts/line.ts';
import { matches, windowFrom } from '../../src/tui/parts/list.ts';
import { reportWords, runLine, troubleLines } from '../../src/tui/parts/outcome.ts';
import { choiceRow, heading, stepRow } from '../../src/tui/parts/rows.ts';
import { standOrder, standSigns, standWords } from '../../src/tui/parts/stand.ts';
import { shownStatus, stepCard } from '../../src/tui/parts/step-card.ts';
import { bothTimes, parseWhen } from '../../src/tui/parts/when.ts';
import type { World } from '../../src/tui/screen.ts';
import { openStore } from '../../src/tui/shell/store.ts';
import type { Look, Tone } from '../../src/tui/theme.ts';
import { fakeApp, START, type FakeApp, type FakeOptions } from '../fakes/app.ts';
import { runbooks, ZONE } from '../fakes/company.ts';
import { approvals, asked, busyNight } from '../fakes/nights.ts';
import { poisons } from '../security/hostile/poisons.ts';

/** The parts that screens are made of, by their file, each in every state that it has. */

type Drawn = readonly Line[] | Promise<readonly Line[]>;
export type Part = Readonly<{ states: Readonly<Record<string, (look: Look, width: number) => Drawn>> }>;

type Night = Readonly<{ fake?: FakeOptions; prepare?: (app: FakeApp) => Promise<void> | void; ms?: number }>;

const worldAt = async (look: Look, { fake = {}, prepare, ms = 0 }: Night = {}): Promise<World> => {
  const app = fakeApp(fake);
  const incident = app.incident();
  await prepare?.(app);
  app.advance(ms);
  return openStore(app, { screen: 'incident', incident }, look, { columns: 80, rows: 24 }).world();
};

const stepOf = (world: World, id: string) => {
  const found = world.view?.progress.steps.find(({ step }) => step.id === id);
  if (found === undefined) throw new Error(`the plan has no step ${id}`);
  return found;
};

const long = 'a sentence that goes on for so long that no line of a terminal can hold it, '.repeat(6);
const hostile = Object.values(poisons).join(' ');
const texts = { usual: 'Token in a public repository', 'too long': long, hostile, empty: '' } as const;

const byText = (draw: (text: string, width: number, look: Look) => readonly Line[]): Part['states'] =>
  Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      (look: Look, width: number) => draw(text, width, look),
    ]),
  );

const card =
  (id: string, night: Night = {}) =>
  async (look: Look, width: number): Promise<readonly Line[]> => {
    const world = await worldAt(look, night);
    return stepCard(stepOf(world, id), world, width);
  };

const nearest =
  (night: Night) =>
  async (look: Look, width: number): Promise<readonly Line[]> => {
    const world = await worldAt(look, night);
    const [clock = null] = world.view?.clocks ?? [];
    return clockBar(clock, width, ZONE, look, true);
  };

const results: readonly Result[] = [
  'done',
  'already',
  'accepted',
  'forbidden',
  'not-supported',
  'failed',
  'unknown',
];
const outcomes = (look: Look, width: number): readonly Line[] =>
  results.flatMap((result) =>
    runLine(
      {
        is: 'outcome',
        target: 'wa-number-1',
        outcome: { result, detail: 'what the system said', http: 403 },
      },
      { width, raw: true, step: 'stop-webhooks', look },
    ),
  );
const proofs = (look: Look, width: number): readonly Line[] =>
  (['proved', 'refuted', 'unproved'] as const).flatMap((is) =>
    runLine(
      { is: 'proof', target: 'wa-number-1', proof: { is, how: 'asked again with the old token' } },
      { width, raw: false, step: null, look },
    ),
  );

const learned = async (app: FakeApp): Promise<void> => {
  const incident = app.incident();
  await incident.act({ do: 'learn', fact: 'personal-data', answer: { is: 'yes-no', value: true } });
  await incident.act({ do: 'learn', fact: 'subjects-count', answer: { is: 'number', value: 1200 } });
};

const steps = (world: World, look: Look, width: number): readonly Line[] =>
  (world.view?.progress.steps ?? []).map((view, i) =>
    stepRow(view, shownStatus(view, world), i === 4, width, look),
  );

const tones: readonly Tone[] = [
  'plain',
  'strong',
  'dim',
  'good',
  'warn',
  'bad',
  'info',
  'wait',
  'banner',
  'alarm',
  'focus',
];
const typedTimes = ['now', '-20m', '2h ago', '02:10', 'yesterday 23:40', '2026-11-19 23:40', 'soon'];
const far = { done: 309, total: 1236, msSpent: 15_000 } as const;
const tally = { open: 3, underway: 1, taken: 1230, refused: 3, later: 1, unsure: 2 } as const;

export const parts: Readonly<Record<string, Part>> = {
  advice: {
    states: {
      'nothing known': async (look, width) => {
        const world = await worldAt(look);
        return adviceRows(stepOf(world, 'high-risk').step, world, width);
      },
      known: async (look, width) => {
        const world = await worldAt(look, { prepare: learned });
        return adviceRows(stepOf(world, 'high-risk').step, world, width);
      },
    },
  },
  approval: {
    states: {
      wanted: async (look, width) =>
        approvalRows('stop-webhooks', await worldAt(look, { fake: { approvals } }), width),
      asked: async (look, width) =>
        approvalRows('stop-webhooks', await worldAt(look, { ...busyNight }), width),
      expired: async (look, width) =>
        approvalRows('stop-webhooks', await worldAt(look, { ...busyNight, ms: 100 * HOUR }), width),
      'not wanted': async (look, width) => approvalRows('revoke-token', await worldAt(look), width),
    },
  },
  clock: {
    states: {
      none: (look, width) => clockBar(null, width, ZONE, look, true),
      provisional: nearest({}),
      soon: nearest({ ms: 68 * HOUR }),
      late: nearest({ ms: 100 * HOUR }),
      'one person': nearest({ prepare: asked }),
      sent: nearest({ ...busyNight }),
    },
  },
  contact: {
    states: {
      usual: async (look, width) => {
        const world = await worldAt(look);
        const contact = contactFor(stepOf(world, 'ring-dpo').step, world);
        return contact === null ? [] : contactLines(contact, world, width);
      },
      all: async (look, width) => {
        const world = await worldAt(look);
        return (world.view?.contacts ?? []).flatMap((one) => contactLines(one, world, width));
      },
    },
  },
  far: {
    states: {
      begun: () => [line(commas([leftWords(far), rateWords(far.done, far.msSpent, 60_000, 'a minute')]))],
      'not begun': () => [line(commas([leftWords({ ...far, done: 0 }), 'nothing is said of the time']))],
      counted: () => [
        line(
          commas(
            counted([
              [3, 'refused'],
              [0, 'later'],
              [1230, 'taken'],
            ]),
          ),
        ),
      ],
    },
  },
  field: {
    states: {
      typed: (look, width) => fieldLines('A field', fieldOf('what was typed'), true, width, look),
      'a megabyte': (look, width) =>
        fieldLines('A field', pasteInto(fieldOf(''), 'x'.repeat(1_000_000), 'line'), true, width, look),
    },
  },
  find: {
    states: {
      'every runbook': () => findRunbooks(runbooks, '').map(({ title }) => line(title)),
      card: () => findRunbooks(runbooks, 'card').map(({ title }) => line(title)),
      nothing: () => findRunbooks(runbooks, 'zzz').map(({ title }) => line(title)),
    },
  },
  input: {
    states: {
      ...byText((text, width, look) => [
        ...labelRow('In focus', true, width),
        ...fieldPage('A line of text', fieldOf(text), true, width, look).lines,
        ...queryLines('Words to search by', fieldOf(text.slice(0, 40)), false, width, look),
        ...secretLines('A secret', fieldOf(text), true, width, 'From the clipboard of the drill: ctrl+y'),
      ]),
      'did not fit': (_, width) => leftLines({ text: '', cursor: 0, left: 4000 }, width),
    },
  },
  line: {
    states: {
      ...byText((text, width) => [
        ...paragraph(text, width, 'plain', 2),
        ...labelled('Label', text, width),
        line(span(clip(text, 30), 'dim')),
        ...wrap(line(span('wrapped: ', 'strong'), text), width, 4).map(quiet),
        ...documentLines(text, width),
      ]),
      tones: () => tones.map((tone) => line(span(` ${tone} `, tone))),
    },
  },
  list: {
    states: {
      'the window moves': () =>
        [0, 9, 30, 59].map((chosen) => line(`row ${chosen} of 60: from ${windowFrom(chosen, 60, 10, 5)}`)),
      matches: () =>
        ['card', 'widget card', 'zzz'].map((words) =>
          line(`${words}: ${matches(words, 'Card skimming in the chat widget')}`),
        ),
    },
  },
  outcome: {
    states: {
      outcomes,
      proofs,
      ends: () => Object.values(reportWords).map(({ text, tone }) => line(span(text, tone))),
      'by hand': (look, width) =>
        runLine(
          {
            is: 'by-hand',
            target: 'chat-relay',
            why: 'SLACK_TOKEN is not set',
            manual: {
              where: 'https://parlo.example/admin',
              steps: ['Open it', 'Switch it off'],
              record: 'a picture',
            },
          },
          { width, raw: false, step: 'pause-named', look },
        ),
      trouble: (_, width) =>
        troubleLines(
          {
            failed: 'the disk is full',
            details: ['/home/example/.local/share/firebreak: no space left'],
            still: 'nothing was sent.',
            next: ['make room', 'firebreak resume goes on'],
          },
          width,
        ),
    },
  },
  rows: {
    states: {
      'every step': async (look, width) => steps(await worldAt(look, { ...busyNight }), look, width),
      ...byText((text, width) => [
        ...heading('A heading'),
        ...choiceRow(text, true, width, 'a note beside it'),
        ...choiceRow(text, false, width),
      ]),
    },
  },
  stand: {
    states: {
      signs: () =>
        standOrder.map((one) =>
          line(span(`${standSigns[one].word} `, standSigns[one].tone), standSigns[one].says),
        ),
      words: () => [line(commas(standWords(tally)))],
    },
  },
  'step-card': {
    states: {
      ask: card('record-report'),
      secret: card('give-token'),
      act: card('revoke-token'),
      unsure: card('revoke-token', { ...busyNight }),
      reversible: card('stop-webhooks'),
      approval: card('stop-webhooks', { ...busyNight }),
      'no target': card('pause-named'),
      ring: card('ring-dpo'),
      decide: card('high-risk', { prepare: learned }),
      write: card('write-33'),
      wait: card('watch'),
      skipped: card('review', { ...busyNight }),
    },
  },
  when: {
    states: {
      typed: () =>
        typedTimes.map((typed) => {
          const at = parseWhen(typed, START, ZONE);
          return line(`${typed}: ${at === null ? 'no time, and never guessed' : bothTimes(at, ZONE)}`);
        }),
    },
  },
};
