import { expect, test } from 'vitest';
import { folder } from '../app/company.ts';
import { rigApp } from '../rig/app.ts';

/** A scenario on paper: what the players get gives nothing away that the facilitator's holds. */

test('players are told and asked; only the facilitator has the truth, the answers and what to read out', async () => {
  const app = await rigApp({ home: folder() });
  const players = await app.tabletop('leaked-whatsapp-token', false);
  const facilitator = await app.tabletop('leaked-whatsapp-token', true);
  expect(players).toContain('# DRILL: Quiet Key');
  expect(players).toContain('## T+4 min: mail from Contractor to responder');
  expect(players).toContain('With it comes notebook.txt:\n\n    repository  ada-k');
  expect(players).toContain('Which other tokens belong to this app or this person?');
  for (const secret of [
    'forgotten since 2023, was alive as well',
    'expect: Revoke the leaked token',
    "The contractor's word was taken for the end of it",
    'Media downloads from 203.0.113.44 go on',
  ]) {
    expect(facilitator).toContain(secret);
    expect(players).not.toContain(secret);
  }
  // Consequences come only after a wrong move, so they have no minute of their own.
  expect(facilitator.match(/^## T\+/gm)).toHaveLength(9);
  await expect(app.tabletop('no-such-scenario', true)).rejects.toMatchObject({ code: 'not-found' });
  await app.close();
});
