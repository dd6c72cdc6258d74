/** What a system answers to a recheck, and the way by hand at its vendor. */

export const STILL_OFF = {
  is: 'proof',
  target: 'wa-number-1',
  proof: { is: 'proved', how: 'no app is subscribed' },
} as const;

export const PAGE = {
  where: 'https://business.facebook.com/settings',
  steps: ['Open System users', 'Remove the token'],
  record: 'a picture of the empty list',
};
