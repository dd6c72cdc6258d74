import { mkdirSync } from 'node:fs';
import type { Firebreak } from '../../src/dev/outside/peer.ts';

/** An incident of words that are hard to set: another script with its marks, signs in colour, words without an end, and what pages run. */

const TITLE_LENGTH = 5000;
const WORDS = 'تسرّب رمز \u202Eواتساب\u202C للأعمال \u2067في دفتر عام\u2069 ';
const ARABIC_TITLE = WORDS.repeat(Math.ceil(TITLE_LENGTH / WORDS.length))
  .slice(0, TITLE_LENGTH)
  .trim();
export const LONG_WORD =
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(6);

const NOTES: readonly string[] = [
  'A quagga stood in the log once.',
  `<script>window.owned = true</script><img src=x onerror="window.owned = true">`,
  '👩‍👩‍👧‍👦 said 🛑 to the 🇩🇪 team; ❤️‍🔥 and e\u0301 too',
  LONG_WORD,
  'https://chat.example.com/v1/conversations/'.padEnd(400, '0123456789abcdef'),
  ARABIC_TITLE.slice(0, 600),
  'עברית and English 123 in one line, \u200Fmarks\u200E and all',
  'Zeile 1\nZeile 2\n\n| a | b |\n|---|---|\n',
];

export const makeAwkward = (firebreak: Firebreak, home: string): ReturnType<Firebreak> => {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const run = firebreak(home, { FIREBREAK_ACTOR: 'ada' });
  run('declare', 'leaked-whatsapp-token', '--title', ARABIC_TITLE);
  for (const text of NOTES) run('note', text);
  for (let i = 0; i < 8; i += 1) run('note', `Row ${i} of many`);
  for (const text of NOTES.slice(1, 7))
    run('decide', '--question', `What of it? ${text.slice(0, 300)}`, '--option', 'wait', '--why', text);
  run('fact', 'nature', LONG_WORD);
  return run;
};
