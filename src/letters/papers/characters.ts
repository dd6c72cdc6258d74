// Written by `npm run fonts`: which characters each font has, by the gap to the one before and how many follow, in base 36.
export const CHARACTERS: readonly (readonly [family: string, ranges: string])[] = [
  [
    'Firebreak Sans',
    'w-2m y-k7 3-5 5-6 2 2-j 2-1q f-8v 4wh-7p 3-5 3-11 3-5 3-7 2 2 2 2-u 3-1g 2-e 2-d 3-5 2-i 3-2 2-8 i-n 9-1a i-1 3-q 2-c 4-w 1s-2n 10-1 5 3t qi 1644-6 zb',
  ],
  ['Firebreak Hebrew', '13l-1i 9-q 5-5 1cfd-p 2-4 2 2-1 2-1 2-9'],
  ['Firebreak Arabic', '16o-73 29-1b 81-2n 1chd-4 2-3q'],
  [
    'Firebreak Marks',
    '6mo-ap 7-1 3-5 3-4 3-1 1z-2 5 3 a d 7-j w-1 k 2 3 3c-9 47-bg 2-q 8-3 v v-3 2-3 3-r 2-y 2 2-3 4 2-6 3-1f 4-n 2-d',
  ],
];
