import type { Run } from '../spec.ts';

export const inventory: Run = async (context) => {
  const map = (await context.app('definitions')).inventory();
  if (context.print.json) {
    context.print.object('inventory', map);
    return 0;
  }
  const none = (list: readonly string[] | undefined): string =>
    list === undefined || list.length === 0 ? '-' : list.join(', ');
  context.print.table(
    ['ID', 'KIND', 'HOLDS', 'PEOPLE', 'REACHED BY', 'OWNER', 'STOPS', 'TITLE'],
    [
      ...map.channels.map((one) => [
        one.id,
        'channel',
        none(one.holds),
        one.people === undefined ? '-' : `about ${one.people.about}`,
        '-',
        one.owner,
        '-',
        one.title,
      ]),
      ...map.integrations.map((one) => [
        one.id,
        'integration',
        none(one.holds),
        '-',
        one.connector ?? 'by hand',
        one.owner,
        one.stops,
        one.title,
      ]),
      ...map.credentials.map((one) => [
        one.id,
        'credential',
        `opens ${none(one.opens)}`,
        '-',
        one.connector ?? 'by hand',
        one.owner,
        one.stops,
        one.title,
      ]),
    ],
  );
  return 0;
};
