import { expect, test } from 'vitest';
import { fakeApp, fakeIncident } from './fake-app.ts';
import { firebreak } from './rig.ts';

const opened = () => {
  const incident = fakeIncident({});
  return { incident, app: fakeApp({ open: async () => await Promise.resolve(incident) }) };
};

test('a file is replaced where that was asked for, and not otherwise', async () => {
  const { incident, app } = opened();
  await firebreak(['export', '--format', 'md', '--out', 'a.md'], { app });
  expect(incident.export).toHaveBeenLastCalledWith(
    'md',
    expect.stringMatching(/a\.md$/),
    expect.not.objectContaining({ force: true }),
  );
  await firebreak(['export', '--format', 'md', '--out', 'a.md', '--force'], { app });
  expect(incident.export).toHaveBeenLastCalledWith(
    'md',
    expect.stringMatching(/a\.md$/),
    expect.objectContaining({ force: true }),
  );
});

test('--force without a file to replace is a mistake that is said', async () => {
  const { incident, app } = opened();
  const { code, stderr } = await firebreak(['export', '--format', 'md', '--force'], { app });
  expect(code).toBe(2);
  expect(stderr).toContain('--out');
  expect(incident.export).not.toHaveBeenCalled();
});
