/** `flags` is `--name` or `--name VALUE`; `many` may be given several times. */
export type OptionSpec = Readonly<{
  flags: string;
  help: string;
  many?: boolean;
  choices?: readonly string[];
}>;
