import { expect, test } from 'vitest';
import type { Prepared } from '../../src/app/contract.ts';
import { rotateForm } from '../../src/tui/forms/rotate.ts';
import type { World } from '../../src/tui/screen.ts';
import { pressRun, previewing } from '../../src/tui/screens/run/state.ts';
import { prepared } from '../cli/fake-app.ts';
import { rotationPlan } from '../cli/fake-rotation.ts';

/** Two ways to end a credential in the preview of a step: the name kills it, a key of its own opens the longer way. */

const world = { view: null, now: 0, look: {} } as unknown as World;
const rotate = { is: 'command', id: 'run:rotate' } as const;
const plan = (more: Parameters<typeof rotationPlan>[2] = {}) => rotationPlan('wa-token', prepared(), more);
const preview = (more: Partial<Prepared> = {}) => previewing(prepared(more), plan());

test('the key opens the longer way, and runs nothing', () => {
  const { effects } = pressRun(preview(), rotate, world);
  expect(effects).toMatchObject([{ do: 'form', purpose: { for: 'rotate', plan: { item: 'wa-token' } } }]);
});

test('evidence stands before it as before the short way, and a preview without it has none', () => {
  const { effects } = pressRun(preview({ preserve: ['copy-token'] }), rotate, world);
  expect(effects).toMatchObject([{ do: 'say' }]);
  expect(pressRun(previewing(prepared()), rotate, world).effects).toEqual([]);
});

test('its form begins on the name alone, typed out, and asks for what only a person can give', () => {
  const purpose = { for: 'rotate', plan: plan(), reason: '' } as const;
  const [typed, ...others] = rotateForm.spec(purpose, world).fields;
  expect(others).toEqual([]);
  if (typed?.is !== 'line') throw new Error('the name is a line');
  expect([typed.check?.('', world).ok, typed.check?.('wa-token', world).ok]).toEqual([false, true]);
  const manual = { where: 'Console', steps: ['Make one'], record: 'its id' };
  const byHand = plan({
    place: null,
    make: {
      action: null,
      title: 'By hand',
      byHand: { why: 'no API', manual },
      preview: null,
      endsOld: false,
    },
  });
  expect(rotateForm.spec({ ...purpose, plan: byHand }, world).fields.map(({ is, id }) => [is, id])).toEqual([
    ['secret', 'fresh'],
    ['one', 'placed'],
    ['line', 'typed'],
  ]);
});

test('what was given goes to the rotation and nowhere else', () => {
  const purpose = { for: 'rotate', plan: plan(), reason: 'Alone on call' } as const;
  const effects = rotateForm.complete(
    purpose,
    { typed: 'wa-token', fresh: 'new-secret', placed: 'placed' },
    world,
  );
  expect(effects).toEqual([
    { do: 'back' },
    {
      do: 'rotate',
      plan: purpose.plan,
      confirmation: { typed: 'wa-token', reason: 'Alone on call' },
      given: { placed: true, fresh: 'new-secret' },
    },
  ]);
});
