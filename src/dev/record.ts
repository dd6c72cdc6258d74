import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseInstant } from '../base/instant.ts';
import { takeArguments } from './arguments.ts';
import { handClock, recordedApp } from './record/world.ts';

// Takes the pictures of the README from a real run of the app: a drill in a terminal in memory, with its time moved by hand and
// its chance from a seed, so that two recordings are the same to the byte. `--text` prints them too.

const { text: withText } = takeArguments({
  command: 'npm run record',
  about: 'The pictures of the README, from a real run of the app.',
  takes: { text: { is: 'flag', says: 'prints the screens beside writing them' } },
});
const root = join(import.meta.dirname, '../..');
const folder = join(root, '.github/pictures');
const STARTS = parseInstant('2026-11-10T06:42:00Z');

// Colour is detected while modules load, so the screens are loaded after the wish is in place.
process.env['FORCE_COLOR'] = '1';
const { recordPictures } = await import('./record/walk.ts');

const box = mkdtempSync(join(tmpdir(), 'firebreak-record-'));
try {
  let stages = 0;
  const pictures = await recordPictures(async () => {
    if (STARTS === null) throw new Error('the start of the recording is not a moment');
    const clock = handClock(STARTS);
    return { app: await recordedApp(root, join(box, String((stages += 1))), clock), clock };
  });
  mkdirSync(folder, { recursive: true });
  for (const { name, svg, text } of pictures) {
    writeFileSync(join(folder, `${name}.svg`), svg);
    console.log(withText ? `\n== ${name} ==\n${text}` : `wrote .github/pictures/${name}.svg`);
  }
} finally {
  rmSync(box, { recursive: true, force: true });
}
