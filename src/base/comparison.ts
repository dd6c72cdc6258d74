/**
 * Most conditions compare facts with one word each. Those are answered here, because starting CEL takes longer than reading a
 * journal. Only what means the same in CEL beyond doubt is answered; for everything else the answer is null: ask CEL.
 */
export function answerPlainly(
  text: string,
  context: Readonly<Record<'facts' | 'steps', Readonly<Record<string, unknown>>>>,
): boolean | null {
  const joint = text.includes('||') ? '||' : '&&';
  let all = true;
  let any = false;
  for (const part of text.split(joint)) {
    const found = COMPARISON.exec(part)?.groups;
    if (found === undefined) return null;
    const { from, name = '', sign, word = '' } = found;
    // What every object has is no fact to CEL either, but an error.
    if (name in Object.prototype) return null;
    const value = from === 'facts' ? own(context.facts, name, null) : own(context.steps, name, 'todo');
    const wanted = WORDS.has(word) ? WORDS.get(word) : word.slice(1, -1);
    // Values of two kinds are compared by CEL's own rules.
    if (value !== null && wanted !== null && typeof value !== typeof wanted) return null;
    if (value !== null && typeof value === 'object') return null;
    const holds = (value === wanted) === (sign === '==');
    all &&= holds;
    any ||= holds;
  }
  return joint === '||' ? any : all;
}

const COMPARISON =
  /^\s*(?<from>facts|steps)\.(?<name>[a-z]\w*)\s*(?<sign>[!=]=)\s*(?<word>true|false|null|"[\w -]*"|'[\w -]*')\s*$/;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

const own = (values: Readonly<Record<string, unknown>>, name: string, otherwise: string | null): unknown =>
  Object.hasOwn(values, name) ? values[name] : otherwise;
