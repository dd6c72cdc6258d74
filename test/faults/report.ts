/** What a scenario found, and the one line in which all of it ends. */

export type Counts = Readonly<{
  kills: number;
  lost: number;
  doubled: number;
  unsure: number;
  power_points: number;
  syscall_faults: number;
  mutations: number;
  missed: number;
}>;

export type Found = Partial<Counts> &
  Readonly<{
    /** True where the protection was off and the fault came through, as it must. */
    controls?: Readonly<Record<string, boolean>>;
    /** Whatever else went wrong, in a sentence with what is needed to see it again. */
    broken?: readonly string[];
  }>;

const KEYS = [
  'kills',
  'lost',
  'doubled',
  'unsure',
  'power_points',
  'syscall_faults',
  'mutations',
  'missed',
] as const satisfies readonly (keyof Counts)[];

export const together = (all: readonly Found[]): Found => ({
  ...Object.fromEntries(KEYS.map((key) => [key, all.reduce((sum, one) => sum + (one[key] ?? 0), 0)])),
  controls: Object.assign({}, ...all.map(({ controls = {} }) => controls)) as Record<string, boolean>,
  broken: all.flatMap(({ broken = [] }) => broken),
});

export const closingLine = (found: Found): string =>
  JSON.stringify({
    schema: 'firebreak.faults/v1',
    ...Object.fromEntries(KEYS.map((key) => [key, found[key] ?? 0])),
    controls: Object.fromEntries(
      Object.entries(found.controls ?? {}).map(([name, failed]) => [
        name,
        failed ? 'failed as it must' : 'DID NOT FAIL',
      ]),
    ),
  });

export const passed = ({ lost = 0, doubled = 0, missed = 0, controls = {}, broken = [] }: Found): boolean =>
  lost + doubled + missed + broken.length === 0 && Object.values(controls).every(Boolean);
