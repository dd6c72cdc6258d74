import { expect, test } from 'vitest';
import { desk, twoIncidents, use } from './key-desk.ts';
import { company, withToken } from './company.ts';

test('who is rung comes from the frozen contacts, and a call to an authority is logged like one to a contact', async () => {
  const all = await company();
  const incident = await withToken(await all.app(), all);
  const ids = incident.view().who.map(({ id }) => id);
  expect(ids).toContain('authority');
  await incident.act({ do: 'call', contact: 'ico', outcome: 'no-answer' });
  expect(incident.timeline({ newestFirst: true, limit: 1 })[0]?.what).toContain(
    "Information Commissioner's Office",
  );
  await expect(incident.act({ do: 'call', contact: 'icoo', outcome: 'reached' })).rejects.toThrow(
    /not-found/,
  );
  await incident.act({ do: 'call', contact: 'dpo', outcome: 'reached' });
  const dpo = incident.view().who.find(({ id }) => id === 'dpo');
  expect(dpo?.contacts[0]).toMatchObject({
    contact: { id: 'dpo' },
    attempts: 1,
    last: { outcome: 'reached' },
  });
  await incident.leave();
});

test('without the key the authority is still named, and nobody is said to be missing from contacts.yaml', async () => {
  const all = await twoIncidents();
  await use(all, 'passphrase');
  const { app } = await desk(all, [null]);
  const incident = await app.open(app.incidents()[0]?.id ?? '');
  const authority = incident.view().who.find(({ id }) => id === 'authority');
  expect(authority?.missing).toContain('sealed');
  expect(authority?.authorities.map((one) => one.authority.country)).toEqual(['IE']);
  await app.close();
});
