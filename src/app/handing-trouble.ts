/** An incident that goes on at another machine, in words; the shape is that of `trouble.ts`. */
export const handingProblems = {
  'handed-over': {
    failed: (fact: (name: string, otherwise?: string) => string) =>
      `HANDED OVER: ${fact('incident', 'the incident')} goes on at another machine${fact('to') === '' ? '' : ` (${fact('to')})`}${fact('entry') === '' ? '' : ` since entry #${fact('entry')}`}, by ${fact('by', 'somebody')}${fact('at') === '' ? '' : `, ${fact('at')} UTC`}`,
    still:
      'nothing was written and nothing was sent: what is done here as well makes two stories of one incident.',
    next: () => [
      'go on at the other machine',
      'where the packet never got there: firebreak handover keep --why "what happened"',
    ],
  },
} as const;
