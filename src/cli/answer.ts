import type { Answer, View } from '../app/contract.ts';
import { limits } from '../model/limits.ts';
import type { AnswerKind } from '../model/runbook.ts';
import { askHidden } from './ask.ts';
import type { Context } from './context.ts';
import { usage } from './spec.ts';
import { looksLikeTime } from '../base/typed-time.ts';
import { pastTime } from './time.ts';

type About = Readonly<{ view: View; why: string | null; choices: readonly string[] }>;

/** What was typed, as the kind of answer that is wanted. @throws Problem `usage` with an example of what would do */
export function answerOfKind(
  kind: AnswerKind,
  values: readonly string[],
  { view, why, choices }: About,
): Answer {
  const text = values.join(' ');
  if (text.trim() === '') throw usage('an answer is needed: --answer VALUE, or --unknown');
  switch (kind) {
    case 'text':
    case 'long-text':
      return { is: 'text', text };
    case 'number':
      return { is: 'number', value: wholeNumber(text) };
    case 'range':
      return range(text, why);
    case 'yes-no':
      return { is: 'yes-no', value: yesNo(text) };
    case 'choice':
      if (!choices.includes(text)) throw usage(`choose one of ${choices.join(', ')}`);
      return { is: 'choice', id: text };
    case 'time':
      return { is: 'time', at: pastTime(text, view.now, view.zone) };
    case 'items':
      return { is: 'items', ids: values.flatMap((value) => value.split(',')).map((id) => id.trim()) };
    case 'secret':
      throw usage('a credential never stands on a command line: give it with --secrets-stdin');
  }
}

/** A fact that no step of the runbook asks for: its kind is read from the way the value is written. */
export function guessedKind(text: string): AnswerKind {
  if (looksLikeTime(text)) return 'time';
  if (/^(yes|no|true|false)$/.test(text)) return 'yes-no';
  if (/^\d+$/.test(text)) return 'number';
  return /^\d+,\d+,\d+$/.test(text) ? 'range' : 'text';
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value)) throw usage(`"${text}" is not a whole number`);
  return value;
}

function range(text: string, basis: string | null): Answer {
  const parts = text.split(',').map((part) => wholeNumber(part.trim()));
  const [about, from = about, to = about] = parts;
  if (
    about === undefined ||
    from === undefined ||
    to === undefined ||
    parts.length > 3 ||
    from > about ||
    about > to
  ) {
    throw usage('a count with its range is written about,from,to: 4200,3000,6000');
  }
  if (basis === null) throw usage('a count needs --why: where the numbers come from');
  return { is: 'range', about, from, to, basis };
}

function yesNo(text: string): boolean {
  if (/^(y|yes|true)$/i.test(text)) return true;
  if (/^(n|no|false)$/i.test(text)) return false;
  throw usage(`answer yes or no, not "${text}"`);
}

type Leaked = Extract<Answer, { is: 'secret' }>;

/** Leaked credentials, from standard input or a hidden field; they are never echoed. */
export async function leakedCredentials(
  context: Context,
  fromStdin: boolean,
  items: readonly string[],
): Promise<Leaked> {
  const text = fromStdin
    ? await context.world.environment.stdin.readAll(limits.yamlBytesMax)
    : await askHidden(context, 'Leaked credential (hidden; item=VALUE, or VALUE alone):', {
        what: 'a leaked credential',
        flags: '--secrets-stdin',
      });
  return { is: 'secret', credentials: parseCredentials(text, items) };
}

/** One a line: `item=VALUE`, or a bare value where only one item is asked for. Only a known item's name is taken for one. */
function parseCredentials(text: string, items: readonly string[]): Leaked['credentials'] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) throw usage('no credential was given');
  return lines.map((line, i) => {
    const item = items.find((one) => line.startsWith(`${one}=`));
    if (item !== undefined && line.length > item.length + 1)
      return { item, value: line.slice(item.length + 1) };
    // Without an inventory there is no row to name: the credential is kept all the same.
    const [only, ...others] = items.length === 0 ? ['unlisted-credential'] : items;
    // The line itself is never shown: it is the secret.
    if (only === undefined || others.length > 0)
      throw usage(`line ${i + 1}: write item=VALUE, the item being one of ${items.join(', ')}`);
    return { item: only, value: line };
  });
}
