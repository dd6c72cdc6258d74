import { expect, test } from 'vitest';
import type { ConnectorCase } from '../fixtures/connectors/case.ts';
import { act, inWorld } from './acts.ts';
import type { Member } from './trial.ts';

/**
 * Something else answers in the place of the vendor: a proxy that wants a login, a guest network, a wrong address. Whatever it says,
 * nobody at the vendor has said it: nothing is proved by it, and nothing is left undone because of it.
 */

const PAGE = '<!doctype html><html><head><title>Sign in to go on</title></head></html>';
const json = { 'content-type': 'application/json' };
type Said = Readonly<{ status: number; body: string; headers: Readonly<Record<string, string>> }>;
const pages: readonly Said[] = [200, 400, 401, 403, 404, 410].map((status) => ({
  status,
  body: PAGE,
  headers: { 'content-type': 'text/html' },
}));
/** A system of the team's own may say no more than 401; every vendor says it in JSON. */
const bare: Said = { status: 401, body: '', headers: {} };
const empty: Said = { status: 200, body: '{}', headers: json };

export function strangerSuite(member: Member, one: ConnectorCase): void {
  test('what answers in the place of the vendor proves nothing, and is not taken for it', async () => {
    const fooled: string[] = [];
    const generic = member.connector.bind !== undefined;
    for (const { status, body, headers } of [...pages, empty, ...(generic ? [] : [bare])])
      await inWorld(member, one, async (world) => {
        const through = () => async () => await Promise.resolve(new Response(body, { status, headers }));
        const outcome = await act(world, { through });
        const proof = await world.action.verify(world.input, world.outside({ through }));
        const what = `${status} ${body.slice(0, 9)}`;
        // Any yes counts for `done` until the proof is asked for; a page is none.
        if (outcome.result === 'already' || (outcome.result === 'done' && body === PAGE))
          fooled.push(`${what}: ${outcome.result}, ${outcome.detail}`);
        if (proof.is === 'proved') fooled.push(`${what}: proved, ${proof.how}`);
      });
    expect(fooled).toEqual([]);
  });
}
