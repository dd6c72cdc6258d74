import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConditionContext } from '../../src/base/condition.ts';
import { plus } from '../../src/base/instant.ts';
import { dueInjects, injected, injectsSoFar } from '../../src/drill/injects.ts';
import { emptyLog, logged } from '../../src/drill/log.ts';
import type { Instant } from '../../src/base/instant.ts';
import type { DrillSource } from '../../src/model/drill.ts';
import type { Fresh, Recorded } from '../../src/model/event.ts';
import { at } from '../fakes/clock.ts';
import { folder } from '../app/company.ts';
import { rigApp } from '../rig/app.ts';
import { story } from '../incident/story.ts';

const start = at('2026-11-10T06:42:00Z');
const drillWith = (minutes: readonly number[]): DrillSource =>
  ({
    injects: minutes.map((minute, i) => ({
      id: `m-${i}`,
      at: minute,
      channel: 'mail',
      from: 'Somebody',
      to: 'responder',
      body: `message ${i}`,
    })),
  }) as unknown as DrillSource;
const due = (drill: DrillSource, entries: readonly Recorded[], now: Instant): readonly Fresh[] =>
  dueInjects(drill, entries.reduce(logged, emptyLog), { start, now }, () => nothing).map(injected);
const named = (events: readonly Fresh[]): readonly string[] =>
  events.flatMap((event) => (event.kind === 'drill.injected' ? [event.pub.inject] : []));
const nothing: ConditionContext = { facts: {}, steps: {}, incident: { severity: 'high', drill: true } };

describe('the messages of a drill', () => {
  test('come at their minute and not before, in order, whatever the order in the file', () => {
    const drill = drillWith([9, 0, 4]);
    expect(named(due(drill, [], start))).toEqual(['m-1']);
    expect(named(due(drill, [], plus(start, 4 * 60_000 - 1)))).toEqual(['m-1']);
    expect(named(due(drill, [], plus(start, 60 * 60_000)))).toEqual(['m-1', 'm-2', 'm-0']);
  });

  test('come once each, however time goes and however often one looks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 60 }), { maxLength: 8 }),
        fc.array(fc.nat({ max: 20 }), { maxLength: 10 }),
        (minutes, waits) => {
          const drill = drillWith(minutes);
          const told = story();
          let now = start;
          for (const wait of waits) {
            now = plus(now, wait * 60_000);
            told.happens(...due(drill, told.entries(), now));
          }
          const came = told
            .entries()
            .filter((one): one is Recorded<'drill.injected'> => one.kind === 'drill.injected')
            .map(({ pub }) => pub.inject);
          expect(new Set(came).size).toBe(came.length);
          expect(came.toSorted()).toEqual(
            minutes
              .flatMap((minute, i) =>
                waits.length > 0 && plus(start, minute * 60_000) <= now ? [`m-${i}`] : [],
              )
              .toSorted(),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  test('are read back with who sent them, and as sealed without the key', () => {
    const told = story();
    told.happens(...due(drillWith([0]), [], start));
    expect(
      injectsSoFar(told.entries(), ({ name }) => (name === 'body' ? 'message 0' : 'Somebody')),
    ).toMatchObject([{ id: 'm-0', channel: 'mail', to: 'responder', from: 'Somebody', body: 'message 0' }]);
    expect(injectsSoFar(told.entries(), () => null)).toMatchObject([{ from: '[sealed]', body: '[sealed]' }]);
  });

  test('reach the people who play it as they watch, once, although several screens watch', async () => {
    const app = await rigApp({ home: folder() });
    const drill = await app.drill('leaked-whatsapp-token', { seed: 2, speed: 600 });
    // Each screen is called at every note and as drill time goes by: long enough for a message to come twice, if it could.
    let changes = 0;
    const stops: (() => void)[] = [];
    const watched = new Promise<void>((enough) => {
      const changed = (): void => {
        changes += 1;
        if (changes === 12) enough();
      };
      stops.push(...[1, 2, 3].map(() => drill.watch(changed)));
    });
    await drill.act({ do: 'note', text: 'We begin' });
    await Promise.all([drill.act({ do: 'note', text: 'One' }), drill.act({ do: 'note', text: 'Two' })]);
    await watched;
    for (const stop of stops) stop();
    const ids = drill.injects().map(({ id }) => id);
    expect(ids).toContain('scanner-alert');
    expect(new Set(ids).size).toBe(ids.length);
    await app.close();
  });
});
