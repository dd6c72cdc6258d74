import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modes, pictured, type ModeName } from './modes.ts';
import { takeArguments } from '../../src/dev/arguments.ts';

// Every part and every screen of the app in every state: to walk through, as text, or as pictures.

const given = takeArguments({
  command: 'npm run kitchen',
  about: 'Every part, screen and form in every state, to walk through, as text or as pictures.',
  takes: {
    text: { is: 'flag', says: 'prints all of it, in the mode 80x24 or --mode' },
    pictures: { is: 'text', value: 'FOLDER', says: `writes an SVG of each in ${pictured.join(', ')}` },
    only: {
      is: 'text',
      value: 'WORDS',
      says: 'what has these words in its name: incident, "form note", "part clock"',
    },
    state: {
      is: 'text',
      value: 'NAME',
      says: 'this state alone: usual, empty, one, many, "too long", hostile, drill, error, ...',
    },
    mode: { is: 'text', value: 'NAME', says: Object.keys(modes).join(', ') },
  },
});
const values = { only: given.only ?? '', state: given.state ?? '' };

const modeNames = Object.keys(modes) as readonly ModeName[];
const wanted = modeNames.find((one) => one === given.mode);
if (given.mode !== null && wanted === undefined) {
  process.stderr.write(`there is no mode "${given.mode}"; there are ${modeNames.join(', ')}\n`);
  process.exit(2);
}

// Colour is detected while modules load, so the screens are loaded after the wish is in place.
if (given.pictures !== null) process.env['FORCE_COLOR'] = '1';
const { exhibits } = await import('./exhibits.ts');
const { caption, chosen, fileName, printed } = await import('./print.ts');

const writePictures = async (folder: string): Promise<number> => {
  const { pictureOf } = await import('./picture.tsx');
  mkdirSync(folder, { recursive: true });
  let count = 0;
  for (const mode of wanted === undefined ? pictured : [wanted])
    for (const [exhibit, state] of chosen(exhibits, values)) {
      const served = await exhibit.show(state, modes[mode]);
      const title = caption(exhibit, state, mode, served);
      writeFileSync(
        join(folder, fileName(exhibit, state, mode)),
        await pictureOf(served.lines, modes[mode], title),
      );
      count += 1;
    }
  return count;
};

// Whoever reads the text may have seen enough.
process.stdout.on('error', () => process.exit());
if (given.pictures !== null)
  process.stdout.write(`${await writePictures(given.pictures)} pictures in ${given.pictures}\n`);
else if (given.text || !process.stdout.isTTY)
  for await (const text of printed(exhibits, { ...values, mode: wanted ?? '80x24' }))
    process.stdout.write(text);
else {
  const { walkAround } = await import('./interactive.tsx');
  await walkAround(exhibits.filter(({ name }) => name.includes(values.only)));
}
