import type { OptionSpec } from './option.ts';

/** What may stand anywhere on the command line, for every command. */
export type Globals = Readonly<{
  as: string | null;
  incident: string | null;
  zone: string | null;
  json: boolean;
  plain: boolean;
  color: boolean;
  ascii: boolean;
  screenReader: boolean;
  /** False: no question is asked even where a terminal could show it. */
  input: boolean;
  inline: boolean;
  readOnly: boolean;
  takeOver: boolean;
}>;

export const globalOptions: readonly OptionSpec[] = [
  { flags: '--as HANDLE', help: 'who acts: stands in the journal beside what is done' },
  { flags: '--incident ID', help: 'which incident; not needed while only one is open' },
  { flags: '--zone ZONE', help: 'time zone of shown and typed times: Europe/Dublin' },
  { flags: '--json', help: 'print one JSON object' },
  { flags: '--plain', help: 'print one record a line, columns parted by tabs' },
  { flags: '--no-color', help: 'no colour' },
  { flags: '--ascii', help: 'no signs beyond ASCII' },
  { flags: '--screen-reader', help: 'linear text that a screen reader can follow' },
  { flags: '--no-input', help: 'ask nothing; what would be asked ends with exit code 7' },
  { flags: '--inline', help: 'draw the app below the prompt, not on the full screen' },
  { flags: '--read-only', help: 'look, and refuse everything that acts or writes' },
  { flags: '--take-over', help: 'take the incident over from another process that holds it' },
];

export function globalsOf(options: Readonly<Record<string, unknown>>): Globals {
  const text = (name: string): string | null => {
    const value = options[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    as: text('as'),
    incident: text('incident'),
    zone: text('zone'),
    json: options['json'] === true,
    plain: options['plain'] === true,
    color: options['color'] !== false,
    ascii: options['ascii'] === true,
    screenReader: options['screenReader'] === true,
    input: options['input'] !== false,
    inline: options['inline'] === true,
    readOnly: options['readOnly'] === true,
    takeOver: options['takeOver'] === true,
  };
}
