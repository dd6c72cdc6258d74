import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { modes, pictured, type ModeName } from './modes.ts';

// Every part and every screen of the app in every state: to walk through, as text, or as pictures. npm run kitchen -- --help

const HELP = `npm run kitchen               walk through all of it
npm run kitchen -- --text         print all of it, in the mode 80x24 or --mode
npm run kitchen -- --pictures DIR write an SVG of each in ${pictured.join(', ')}

  --only WORDS   exhibits with these words in their name: incident, "form note", "part clock"
  --state NAME   this state alone: usual, empty, one, many, "too long", hostile, drill, error, ...
  --mode NAME    ${Object.keys(modes).join(', ')}
`;

const { values } = parseArgs({
  options: {
    text: { type: 'boolean', default: false },
    pictures: { type: 'string' },
    only: { type: 'string', default: '' },
    state: { type: 'string', default: '' },
    mode: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const modeNames = Object.keys(modes) as readonly ModeName[];
const wanted = modeNames.find((one) => one === values.mode);
if (values.mode !== undefined && wanted === undefined)
  throw new Error(`there is no mode "${values.mode}"; there are ${modeNames.join(', ')}`);

// Colour is detected while modules load, so the screens are loaded after the wish is in place.
if (values.pictures !== undefined) process.env['FORCE_COLOR'] = '1';
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
if (values.help) process.stdout.write(HELP);
else if (values.pictures !== undefined)
  process.stdout.write(`${await writePictures(values.pictures)} pictures in ${values.pictures}\n`);
else if (values.text || !process.stdout.isTTY)
  for await (const text of printed(exhibits, { ...values, mode: wanted ?? '80x24' }))
    process.stdout.write(text);
else {
  const { walkAround } = await import('./interactive.tsx');
  await walkAround(exhibits.filter(({ name }) => name.includes(values.only)));
}
