import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Streams } from '../../src/io/environment.ts';
import { systemPrompt } from '../../src/io/prompt.ts';
import { actsIn } from '../security/hostile/acts.ts';
import { poisons } from '../security/hostile/poisons.ts';

const asked = async (question: string, typed: string, how: 'line' | 'hidden') => {
  const [stdin, stderr] = [new PassThrough(), new PassThrough()];
  let shown = '';
  stderr.on('data', (bytes: Buffer) => (shown += bytes.toString()));
  const streams = { stdin, stderr, stdout: stderr } as unknown as Streams;
  const answer = systemPrompt(streams)[how](question);
  stdin.write(typed);
  stdin.write('\r');
  return { answer: await answer, shown };
};

/** What readline writes of its own: where the cursor goes, and the end of the line. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const OWN = /\u001b\[\d*[A-GJK]|\r\n/g;

test.each(Object.entries(poisons))(
  'a question and what is typed show %s and let none of it act',
  async (_, text) => {
    // What is an end of line to a keyboard ends the answer, and a long one takes long to type.
    const typed = text.replaceAll(/[\r\n]/g, '').slice(0, 80);
    const { shown } = await asked(`${text}: go ahead?`, `a${typed}`, 'line');
    expect(actsIn(shown.replaceAll(OWN, ''))).toEqual([]);
  },
);

test('what was asked and answered is there as it was', async () => {
  expect(await asked('Title\u202e: ', 'x\u202ey', 'line')).toEqual({
    answer: 'x\u202ey',
    shown: 'Title\\u{202e}: x\\u{202e}y\r\n',
  });
});

test('a hidden answer is not shown, whatever is in it', async () => {
  const { answer, shown } = await asked('Passphrase: ', 'se\u009bcret', 'hidden');
  expect(answer).toBe('se\u009bcret');
  expect(shown).toBe('Passphrase: \n');
});
