import type { Instant } from '../base/instant.ts';

export const priorities = ['high', 'medium', 'low'] as const;
export type Priority = (typeof priorities)[number];

/**
 * What a drill made the team want to improve, in the drill's own journal; a part of `Events`. `at` is the time of the machine, because
 * the entries of a drill carry the drill's own time. What was observed and what is to be done is sealed.
 */
export type ItemEvents = {
  'item.opened': { item: number; owner: string; due: string; priority: Priority; at: Instant };
  /** `retest` names the drill that was passed since; null where evidence closes it, which is sealed. */
  'item.closed': { item: number; how: 'evidence' | 'retest'; retest: string | null; at: Instant };
};
