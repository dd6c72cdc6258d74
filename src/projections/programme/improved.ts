import type { ItemEntry } from '../../incident/improving.ts';
import { joined, type Private, type Sentence } from '../sentence.ts';

/** What the journal of a drill says about improvements, as a line of its timeline. */
export function improved(entry: ItemEntry, own: Private): Sentence {
  if (entry.kind === 'item.opened') {
    const { item, owner, due, priority } = entry.pub;
    return {
      what: `Improvement ${item} opened: ${own('action')}`,
      detail: joined(own('observation'), own('cause'), `${priority}, ${owner}, due ${due}`),
    };
  }
  const { item, how, retest } = entry.pub;
  return {
    what: `Improvement ${item} closed by ${how === 'retest' ? `the drill ${retest ?? ''}` : 'evidence'}`,
    detail: own('evidence'),
    outcome: 'ok',
  };
}
