import { hmacSha256, utf8 } from '../base/hash.ts';

/**
 * How much slower or faster than usual something goes in a drill with this seed: between 0.8 and 1.2, the same for the same seed
 * and name. No two people take the same time, and no two drills should.
 */
export const pace = (seed: number, name: string): number => {
  const bytes = hmacSha256(utf8(`firebreak/drill/v1\0${seed}`), `pace\0${name}`);
  const drawn = ((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)) / 65_535;
  return 0.8 + 0.4 * drawn;
};
