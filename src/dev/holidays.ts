import Holidays from 'date-holidays';

/** The public holidays that fall on working days, of every place whose working days a rule can ask for. */

const [FIRST, LAST] = [2025, 2034];

/** As `date-holidays` names them. Of a country with regions only what holds in all of it: fewer holidays are never too late. */
const PLACES: Readonly<Record<string, readonly [country: string, state?: string]>> = {
  ...Object.fromEntries(
    'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK AU BR CA CH IN IS LI NO SG'
      .split(' ')
      .map((country) => [country, [country] as const]),
  ),
  GB: ['GB', 'ENG'],
  US: ['US'],
};

/** Elections are holidays in no fixed year, and only known when they are called. */
const isFixed = (name: string): boolean => !/election/i.test(name);

const yearOf = (place: Holidays, year: number): string => {
  const found = place
    .getHolidays(year, 'en')
    .filter(({ type, name }) => type === 'public' && isFixed(name))
    .map(({ date }) => date.slice(0, 10))
    .filter((day) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()));
  return [...new Set(found)]
    .toSorted()
    .map((day) => day.slice(5).replace('-', ''))
    .join(' ');
};

export const holidayTable = (head: string): string => {
  const years = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i);
  const rows = Object.entries(PLACES)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, [country, state]]) => {
      const place = state === undefined ? new Holidays(country) : new Holidays(country, state);
      const all = years.map((year) => `${year}: ${yearOf(place, year)}`);
      return `  ${id}: '${all.join('; ')}',`;
    });
  const note =
    '// Public holidays on working days, by year, as MMDD. Extracted from date-holidays (https://github.com/commenthol/date-holidays),\n' +
    '// whose data, and so this file, are under CC BY-SA 3.0; weekends, bank holidays and election days were left out.\n';
  return `${head}${note}export const holidays: Readonly<Record<string, string>> = {\n${rows.join('\n')}\n};\n`;
};
