import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { visible } from '../base/text.ts';
import type { Streams } from './environment.ts';

/** Asks a person at the terminal. Null when the person gives up: Ctrl-C or Ctrl-D. */
export interface Prompt {
  line(question: string): Promise<string | null>;
  /** The same without showing what is typed or pasted. */
  hidden(question: string): Promise<string | null>;
}

/** What readline itself writes: line ends, and where the cursor goes. */
// oxlint-disable-next-line no-control-regex -- they are what is let through
const OWN = /(\r\n|[\r\n\u0007]|\u001b\[\d*[A-GJK])/;

/** Readline repeats what was typed or pasted as it came: what could act on the terminal is shown there like anywhere else. */
const echoTo = (stderr: NodeJS.WriteStream): Writable =>
  Object.assign(
    new Writable({
      decodeStrings: false,
      write: (chunk: string | Buffer, _encoding, done) => {
        const parts = String(chunk).split(OWN);
        stderr.write(parts.map((part, i) => (i % 2 === 1 ? part : visible(part))).join(''));
        done();
      },
    }),
    { columns: stderr.columns },
  );

/** Questions go to stderr, so that stdout carries data alone. */
export function systemPrompt({ stdin, stderr }: Streams): Prompt {
  const ask = (question: string, shown: boolean): Promise<string | null> =>
    new Promise((resolve) => {
      // Readline echoes by writing what was typed: a hidden answer is written to nowhere.
      const output = shown ? echoTo(stderr) : new Writable({ write: (_chunk, _encoding, done) => done() });
      const lines = createInterface({ input: stdin, output, terminal: true, historySize: 0, prompt: '' });
      // Only now: what is typed before readline has the terminal would be echoed by it.
      stderr.write(visible(question));
      const end = (answer: string | null): void => {
        lines.removeAllListeners();
        lines.close();
        if (!shown || answer === null) stderr.write('\n');
        resolve(answer);
      };
      lines.once('line', end);
      lines.once('SIGINT', () => end(null));
      lines.once('close', () => end(null));
    });
  return { line: (question) => ask(question, true), hidden: (question) => ask(question, false) };
}
