import type { Recorded } from '../model/event.ts';

/** Marked when it was written, as counsel's own or at their direction. */
export const isPrivileged = ({ kind, pub }: Recorded): boolean =>
  kind === 'note.added' && pub.privileged !== undefined;
