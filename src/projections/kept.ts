import type { Of, Private, Sentence } from './sentence.ts';

/** What was kept on purpose, and what was let go. */
export function kept(entry: Of<'hold.set' | 'hold.lifted' | 'content.destroyed'>, own: Private): Sentence {
  switch (entry.kind) {
    case 'hold.set': {
      const { classes } = entry.pub;
      return {
        what: `Legal hold on ${classes.length === 0 ? 'everything' : classes.join(', ')}`,
        why: own('reason'),
      };
    }
    case 'hold.lifted':
      return { what: `Lifted the legal hold of entry ${entry.pub.hold}`, why: own('reason') };
    case 'content.destroyed':
      return {
        what: `Destroyed content: ${entry.pub.class}`,
        detail: `policy ${entry.pub.policy}, approved in answer to entry ${entry.pub.asked}`,
      };
  }
}
