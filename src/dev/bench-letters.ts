import { join } from 'node:path';
import { fontFolder, systemTypesetter } from '../io/typeset.ts';
import { threads } from '../io/crew.ts';
import { settingOf } from '../letters/merge/setting.ts';
import { pdfOf, pdfOfMany } from '../letters/papers/pdf.ts';
import { oneOf } from './bench/letters/pages.ts';
import { pdfkitOf } from './bench/letters/pdfkit.ts';
import { rounds, table } from './bench/rounds.ts';
import { takeArguments } from './arguments.ts';

// Tagged one-page letters as PDF: one file each with one compiler, and many in one file, against pdfkit with the same fonts and a
// structure by hand. All of it in turns in one run.

const { letters: count, rounds: times } = takeArguments({
  command: 'npm run bench:letters',
  about: 'Letters as tagged PDF, one by one and many in a file, against pdfkit.',
  takes: {
    letters: { is: 'number', place: true, otherwise: 200, says: 'how many letters' },
    rounds: { is: 'number', place: true, otherwise: 5, says: 'how often each is measured' },
  },
});
const fonts = fontFolder(join(import.meta.dirname, '../..'));
const typesetter = systemTypesetter(fonts);
const pdfkit = pdfkitOf(fonts);
const setting = settingOf(typesetter);
const sizes = new Map<string, number>();

let next = 0;
const letters = (many: number) => Array.from({ length: many }, () => oneOf((next += 1)));

/** Milliseconds a letter. No letter is made twice: what was set before is no help. */
async function each(
  name: string,
  many: number,
  work: (many: number) => number | Promise<number>,
): Promise<number> {
  const from = process.hrtime.bigint();
  const bytes = await work(many);
  sizes.set(name, bytes / many);
  return Number(process.hrtime.bigint() - from) / 1e6 / many;
}

const sum = (files: readonly Uint8Array[]): number => files.reduce((total, { length }) => total + length, 0);
const PEER = 'pdfkit 0.20.2, tagged, PDF/UA';
const SINGLE = 'firebreak, one file a letter';
const ALL = `firebreak, one file a letter, ${threads()} threads`;
const BATCH = 'firebreak, one file of all';

const results = await rounds(
  [
    {
      name: PEER,
      goal: null,
      measure: async () =>
        await each(PEER, Math.ceil(count / 4), async (many) => {
          const files: Uint8Array[] = [];
          for (const letter of letters(many)) files.push(await pdfkit(letter));
          return sum(files);
        }),
    },
    {
      name: SINGLE,
      floor: PEER,
      goal: { least: 5 },
      measure: async () =>
        await each(SINGLE, count, (many) =>
          sum(letters(many).map((letter) => pdfOf(typesetter, letter).bytes)),
        ),
    },
    {
      name: ALL,
      goal: null,
      measure: async () =>
        await each(ALL, count, async (many) =>
          sum(
            (await setting.set(letters(many))).map((leaf) =>
              'bytes' in leaf ? leaf.bytes : new Uint8Array(),
            ),
          ),
        ),
    },
    {
      name: BATCH,
      floor: PEER,
      goal: { least: 15 },
      measure: async () =>
        await each(BATCH, count, (many) => pdfOfMany(typesetter, letters(many), 'Letters').bytes.length),
    },
  ],
  times,
);

await setting.close();
console.log(table(`${count} letters of one page, ${times} rounds; milliseconds a letter\n`, results));
for (const { name, value } of results)
  console.log(
    `  ${name.padEnd(34)} ${(1000 / value).toFixed(0)} letters/s, ${((sizes.get(name) ?? 0) / 1024).toFixed(1)} KiB each`,
  );
const missed = results.filter(({ met }) => met === false).map(({ name }) => name);
console.log(
  JSON.stringify({
    schema: 'firebreak.letters-bench/v1',
    peer: PEER,
    letters: count,
    single: ratioOf(SINGLE),
    batch: ratioOf(BATCH),
    missed,
  }),
);
process.exitCode = missed.length === 0 ? 0 : 1;

function ratioOf(name: string): number {
  return Number((results.find((one) => one.name === name)?.ratio ?? Number.NaN).toFixed(2));
}
