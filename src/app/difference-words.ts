import type { Difference } from './audit-contract.ts';

/** A difference between the inventory and what exists, in words. */

const words: Readonly<Record<Difference['is'], string>> = {
  unknown: 'UNKNOWN',
  gone: 'GONE',
  scopes: 'MORE SCOPES',
  paused: 'PAUSED',
};

export const differenceWord = (one: Difference): string =>
  one.is === 'gone' && !one.sure ? 'NOT SEEN' : words[one.is];

export const thingOf = (one: Difference): string => (one.is === 'gone' ? one.title : one.item.title);

export const differenceDetail = (one: Difference): string => {
  switch (one.is) {
    case 'unknown':
      return `${one.item.kind === 'integration' ? 'an' : 'a'} ${one.item.kind}, ${one.item.state}, id ${one.item.id}; ${one.item.detail}`;
    case 'gone':
      return one.sure
        ? 'the system lists others of its kind, and not this one'
        : 'not seen: nothing of its kind was listed, so see the blind spots first';
    case 'scopes':
      return `${one.recorded ? 'new' : 'never written down'}: ${one.more.join(', ')}`;
    case 'paused':
      return 'somebody has paused it; an incident of yours may be why: firebreak status';
  }
};
