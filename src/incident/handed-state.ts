import type { Instant } from '../base/instant.ts';

/**
 * Set while an incident goes on at another machine: `n` is the entry that says so, `to` what the people there read out, `key` what must
 * sign there, in hex.
 */
export type HandedState = Readonly<{ n: number; at: Instant; by: string; to: string; key: string }>;
