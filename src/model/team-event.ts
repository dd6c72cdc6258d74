import type { Instant } from '../base/instant.ts';
import type { Role } from './names.ts';

/**
 * Who does what, handed from one to the next; a part of `Events`. Handles are public, as everywhere; what was said is sealed.
 */
export type TeamEvents = {
  /** `from` keeps the role until `to` has said back what they were told. */
  'handover.offered': { role: Role; from: string; to: string };
  'handover.taken': { role: Role; offer: number; person: string };
  'handover.withdrawn': { role: Role; offer: number };
  /** One thing that one named person does by then; known by the entry that gave it. What it is, is sealed. */
  'task.given': { person: string; due_at: Instant };
  'task.acknowledged': { task: number };
  'task.ended': { task: number; how: TaskEnd };
};

export type TaskEnd = 'done' | 'dropped';
