import { afterEach, expect, test, vi } from 'vitest';
import { fakeApp } from '../fakes/app.ts';
import { keys, openScreen, type Screen } from '../rig/screen.ts';

let open: Screen | null = null;
afterEach(async () => {
  await open?.type(keys.esc, keys.ctrlC, keys.ctrlC);
  await open?.result;
  open = null;
});

const asking = async () => {
  const app = fakeApp({});
  const incident = app.incident();
  const written = vi.spyOn(incident, 'export');
  open = openScreen(app, { columns: 80, rows: 24, start: { screen: 'incident', incident } });
  await open.still();
  await open.type('E');
  await open.still();
  return { screen: open, written, incident };
};

test('what is chosen is what is written, and the count stays in sight', async () => {
  const { screen, written } = await asking();
  await screen.type(keys.down, keys.down, keys.down, keys.tab, keys.down, keys.down, keys.tab, keys.down);
  await screen.type(keys.tab, keys.tab, keys.tab, keys.tab, 'token', keys.tab, 'Asia/Tokyo');
  await screen.still();
  expect(screen.text()).toContain('12 of 40 rows are written, 28 are left out.');
  expect(screen.text()).toContain('times in Asia/Tokyo');
  await screen.type(keys.enter);
  await screen.still();
  expect(written).toHaveBeenCalledWith(
    'md',
    null,
    expect.objectContaining({
      audience: 'board',
      zone: 'Asia/Tokyo',
      choice: { from: null, to: null, starred: true, words: 'token', since: null },
    }),
  );
});

test('what stands in the way is said, nothing is written and nothing typed is lost', async () => {
  const { screen, written, incident } = await asking();
  vi.spyOn(incident, 'previewExport').mockReturnValue([{ says: 'It names nobody.', tone: 'bad' }]);
  await screen.type(...Array.from({ length: 10 }, () => keys.tab), 'copy.md', keys.enter);
  await screen.still();
  expect(screen.text()).toContain('It names nobody.');
  expect(screen.text()).toContain('copy.md');
  expect(written).not.toHaveBeenCalled();
});
