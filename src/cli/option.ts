/** `flags` is `--name` or `--name VALUE`; `many` may be given several times. */
export type OptionSpec = Readonly<{
  flags: string;
  help: string;
  many?: boolean;
  choices?: readonly string[];
}>;

/** As the parser writes them: `--name <VALUE>`. */
export const parsedFlags = ({ flags }: OptionSpec): string => flags.replace(/ ([A-Z][A-Z-]*)$/, ' <$1>');
