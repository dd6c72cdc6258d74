import { onlyReadWords } from '../only-read.ts';
import type { Effect, World } from '../screen.ts';

/** Of everything that a screen can ask for, what writes: a journal, what is kept on this machine, or a file of the team. */
const writes: Readonly<Record<Exclude<Effect['do'], 'open' | 'form' | 'paper'>, boolean>> = {
  go: false,
  read: false,
  swap: false,
  back: false,
  home: false,
  quit: false,
  suspend: false,
  repaint: false,
  say: false,
  forget: false,
  regain: false,
  stop: false,
  'leave-incident': false,
  'declare-real': false,
  unlock: false,
  seen: false,
  'messages-read': false,
  prepare: false,
  'prepare-release': false,
  'prepare-item': false,
  manual: false,
  letter: false,
  doctor: false,
  audit: false,
  'run-audit': false,
  'save-audit': false,
  compare: false,
  'draft-inventory': false,
  'plan-packet': false,
  'preview-merge': false,
  mailing: false,
  readers: false,
  posted: false,
  'preview-scope': false,
  'scope-faults': false,
  act: true,
  declare: true,
  drill: true,
  run: true,
  rotate: true,
  recheck: true,
  'save-letter': true,
  evidence: true,
  collect: true,
  approve: true,
  review: true,
  export: true,
  'answer-audit': true,
  'write-inventory': true,
  'hand-packet': true,
  merge: true,
  'ask-to-send': true,
  send: true,
  'hand-over': true,
  'settle-letters': true,
  'letters-again': true,
  bounces: true,
  'read-scope': true,
  'count-scope': true,
  'write-people': true,
  direct: true,
  'real-event': true,
  'finish-drill': true,
  'acknowledge-page': true,
};

/** A form is refused before anything is typed into it, so that no words are lost; these only make a file or show something. */
const READING_FORMS: ReadonlySet<string> = new Set(['audit-file', 'paper']);

const wouldWrite = (effect: Effect): boolean => {
  if (effect.do === 'open') return effect.takeOver;
  if (effect.do === 'form') return !READING_FORMS.has(effect.purpose.for);
  return effect.do === 'paper' ? effect.out !== null : writes[effect.do];
};

/** What `--read-only` keeps from happening, wherever it was asked for: why not, or null where it happens. */
export const keptWords = (effect: Effect, world: World): string | null =>
  world.readOnly && wouldWrite(effect) ? `Not now: ${onlyReadWords(world) ?? 'nothing is written'}.` : null;
