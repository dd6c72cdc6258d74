/**
 * What a benchmark, a long test or another tool of this folder may be told. `place`: it may stand without its name too, in the order
 * of the table. `least` of a number is 1 where nothing else is said.
 */
type About = Readonly<{ says: string; place?: true }>;
export type Argument =
  | (About & Readonly<{ is: 'number'; otherwise: number; least?: number }>)
  | (About & Readonly<{ is: 'text'; value: string }>)
  | (About & Readonly<{ is: 'flag' }>);

export type Usage<W extends Readonly<Record<string, Argument>>> = Readonly<{
  /** As it is typed: `npm run bench:merge`. */
  command: string;
  about: string;
  takes: W;
}>;

type Value<A extends Argument> =
  A extends Readonly<{ is: 'number' }>
    ? number
    : A extends Readonly<{ is: 'text' }>
      ? string | null
      : boolean;
export type Given<W extends Readonly<Record<string, Argument>>> = { readonly [K in keyof W]: Value<W[K]> };

type Read =
  | Readonly<{ is: 'given'; values: Readonly<Record<string, number | string | boolean | null>> }>
  | Readonly<{ is: 'help' }>
  | Readonly<{ is: 'refused'; why: string }>;

const initial = (one: Argument): number | string | boolean | null =>
  one.is === 'number' ? one.otherwise : one.is === 'flag' ? false : null;

const valueOf = (name: string, one: Argument, typed: string | undefined): Read | number | string => {
  if (typed === undefined || typed.startsWith('--'))
    return { is: 'refused', why: `--${name} wants ${one.is === 'text' ? one.value : 'a number'} behind it` };
  if (one.is !== 'number') return typed;
  const least = one.least ?? 1;
  const number = /^\d+$/.test(typed) ? Number(typed) : Number.NaN;
  return Number.isSafeInteger(number) && number >= least
    ? number
    : { is: 'refused', why: `${name} is a whole number from ${least} on, and not "${typed}"` };
};

/** What was typed, read by the table alone: nothing that is not in it is passed over. */
export const readArguments = (takes: Readonly<Record<string, Argument>>, typed: readonly string[]): Read => {
  const values = new Map(Object.entries(takes).map(([name, one]) => [name, initial(one)]));
  const places = Object.entries(takes).filter(([, { place }]) => place === true);
  const rest = typed.flatMap((word) => (word.startsWith('--') ? word.split(/=(.*)/s, 2) : [word]));
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--help' || word === '-h') return { is: 'help' };
    const [name, one] = word.startsWith('--')
      ? [word.slice(2), takes[word.slice(2)]]
      : (places.shift() ?? []);
    if (name === undefined || one === undefined || !Object.hasOwn(takes, name))
      return { is: 'refused', why: `"${word}" is nothing that it takes` };
    if (one.is === 'flag') values.set(name, true);
    else {
      const value = valueOf(name, one, word.startsWith('--') ? rest.shift() : word);
      if (typeof value === 'object') return value;
      values.set(name, value);
    }
  }
  return { is: 'given', values: Object.fromEntries(values) };
};

const shown = (name: string, one: Argument): string =>
  one.is === 'flag' ? `--${name}` : `--${name} ${one.is === 'number' ? 'N' : one.value}`;

const said = (one: Argument): string =>
  one.is === 'number' ? `${one.says} (${one.otherwise} where nothing is said)` : one.says;

/** How it is used, row by row. */
export const usageText = ({ command, about, takes }: Usage<Readonly<Record<string, Argument>>>): string => {
  const rows = Object.entries(takes);
  const width = Math.max(0, ...rows.map(([name, one]) => shown(name, one).length));
  const places = rows.filter(([, { place }]) => place === true).map(([name]) => name.toUpperCase());
  return [
    about,
    '',
    `  ${command}${rows.length === 0 ? '' : ` [-- ${rows.map(([name, one]) => `[${shown(name, one)}]`).join(' ')}]`}`,
    ...(places.length === 0 ? [] : [`  ${command} [-- ${places.join(' ')}]`]),
    ...(rows.length === 0 ? [] : ['']),
    ...rows.map(([name, one]) => `  ${shown(name, one).padEnd(width)}  ${said(one)}`),
    '',
  ].join('\n');
};

/** The arguments of this process; help ends it with 0, and what it does not take with 2, before anything is begun. */
export function takeArguments<const W extends Readonly<Record<string, Argument>>>(usage: Usage<W>): Given<W> {
  const read = readArguments(usage.takes, process.argv.slice(2));
  if (read.is === 'given') return read.values as Given<W>;
  if (read.is === 'help') process.stdout.write(usageText(usage));
  else process.stderr.write(`${read.why}. How it is used: ${usage.command} -- --help\n`);
  process.exit(read.is === 'help' ? 0 : 2);
}
