import { HOUR } from '../../src/base/duration.ts';
import type { Result } from '../../src/model/action.ts';
import { adviceRows } from '../../src/tui/parts/advice.ts';
import { approvalRows, approvalStand } from '../../src/tui/parts/approval.ts';
import { clockBar, nearestBar } from '../../src/tui/parts/clock.ts';
import { contactFor, contactLines } from '../../src/tui/parts/contact.ts';
import { line, span, type Line } from '../../src/tui/parts/line.ts';
import { reportWords, runLine, troubleLines } from '../../src/tui/parts/outcome.ts';
import { choiceRow, heading, stepRow } from '../../src/tui/parts/rows.ts';
import { shownStatus, stepCard } from '../../src/tui/parts/step-card.ts';
import type { World } from '../../src/tui/screen.ts';
import { openStore } from '../../src/tui/shell/store.ts';
import type { Look } from '../../src/tui/theme.ts';
import { fakeApp, type FakeApp, type FakeOptions } from '../fakes/app.ts';
import { ZONE } from '../fakes/company.ts';
import { approvals, asked, busyNight } from '../fakes/nights.ts';
import { byText, wordParts, type Part } from './parts-words.ts';

/** The parts that screens are made of, by their file, each in every state that it has. */

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
    return nearestBar(world.view?.clocks ?? [], width, ZONE, look, true);
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

export const parts: Readonly<Record<string, Part>> = {
  ...wordParts,
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
      'while it is given': async (look, width) =>
        approvalStand('stop-webhooks', await worldAt(look, { ...busyNight }), width),
      'not wanted': async (look, width) => approvalRows('revoke-token', await worldAt(look), width),
    },
  },
  clock: {
    states: {
      none: (look, width) => nearestBar([], width, ZONE, look, true),
      'beside others': async (look, width) =>
        ((await worldAt(look)).view?.clocks ?? []).flatMap((clock) =>
          clockBar(clock, width, ZONE, look, false),
        ),
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
};
