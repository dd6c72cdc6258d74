/** What the launcher knows: where the package lies (its runbooks and templates) and what was typed. */
export type MainInput = Readonly<{ packageRoot: string; argv: readonly string[] }>;

const HELP = `usage: firebreak [--help | --version]
`;

/** Runs the program; the number is the exit code. */
export async function main({ argv }: MainInput): Promise<number> {
  if (argv.length === 1 && (argv[0] === '--help' || argv[0] === '-h')) {
    process.stdout.write(HELP);
    return 0;
  }
  process.stderr.write(HELP);
  return 2;
}
