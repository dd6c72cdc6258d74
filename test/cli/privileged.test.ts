import { expect, test } from 'vitest';
import { fakeApp, fakeIncident } from './fake-app.ts';
import { firebreak } from './rig.ts';

const opened = () => {
  const incident = fakeIncident({});
  return { incident, app: fakeApp({ open: async () => await Promise.resolve(incident) }) };
};

const COUNSEL = ['export', '--format', 'md', '--audience', 'counsel'] as const;

test.each([
  ['nothing of it', [...COUNSEL]],
  ['the names alone', [...COUNSEL, '--recipients', 'Reed & Partners']],
  ['the word alone', [...COUNSEL, '--confirm=privileged']],
  ['the full copy', ['export', '--format', 'md', '--privileged']],
])(
  'without a terminal what is privileged does not leave with %s, and the flags are named',
  async (_, argv) => {
    const { incident, app } = opened();
    const { code, stderr } = await firebreak(argv, { app });
    expect(code).toBe(7);
    expect(stderr).toContain("--recipients 'NAME, NAME' --confirm=privileged");
    expect(incident.export).not.toHaveBeenCalled();
  },
);

test('with both it is handed on, and a word that is another one is refused', async () => {
  const { incident, app } = opened();
  const named = [...COUNSEL, '--recipients', 'Reed & Partners'];
  expect((await firebreak([...named, '--confirm=yes'], { app })).code).toBe(2);
  expect(incident.export).not.toHaveBeenCalled();
  expect((await firebreak([...named, '--confirm=privileged'], { app })).code).toBe(0);
  expect(incident.export).toHaveBeenCalledWith(
    'md',
    null,
    expect.objectContaining({
      audience: 'counsel',
      privileged: { recipients: 'Reed & Partners', typed: 'privileged' },
    }),
  );
});

test('recipients without anything privileged are a mistake that is said', async () => {
  const { app } = opened();
  const { code, stderr } = await firebreak(['export', '--format', 'md', '--recipients', 'A'], { app });
  expect([code, stderr.includes('--recipients goes with')]).toEqual([2, true]);
});
