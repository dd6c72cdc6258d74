import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Streams } from './environment.ts';

/** Asks a person at the terminal. Null when the person gives up: Ctrl-C or Ctrl-D. */
export interface Prompt {
  line(question: string): Promise<string | null>;
  /** The same without showing what is typed or pasted. */
  hidden(question: string): Promise<string | null>;
}

/** Questions go to stderr, so that stdout carries data alone. */
export function systemPrompt({ stdin, stderr }: Streams): Prompt {
  const ask = (question: string, shown: boolean): Promise<string | null> =>
    new Promise((resolve) => {
      // Readline echoes by writing what was typed: a hidden answer is written to nowhere.
      const output = shown ? stderr : new Writable({ write: (_chunk, _encoding, done) => done() });
      const lines = createInterface({ input: stdin, output, terminal: true, historySize: 0, prompt: '' });
      // Only now: what is typed before readline has the terminal would be echoed by it.
      stderr.write(question);
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
