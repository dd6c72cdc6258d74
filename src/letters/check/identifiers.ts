/** Numbers that states give to people, by form and, where there is one, by check digit: a form alone would find order numbers. */
type Identifier = Readonly<{ title: string; form: RegExp; holds: (found: string) => boolean }>;

const digitsOf = (text: string): readonly number[] => Array.from(text.replace(/\D/g, ''), Number);

const remainder = (digits: string, by: number): number =>
  digitsOf(digits).reduce((rest, digit) => (rest * 10 + digit) % by, 0);

/** United States: area, group and serial number are never zero, and 666 and 900 up are not given. */
const usSsn = (found: string): boolean => !/^(?:000|666|9)|-00-|-0000$/.test(found);

const DNI = 'TRWAGMYFPDXBNJZSQVHLCKE';
/** Spain: the letter is the number modulo 23; X, Y and Z of a NIE stand for 0, 1 and 2. */
const spanish = (found: string): boolean => {
  const text = found.toUpperCase().replace(/[ -]/g, '');
  const digits = text.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2');
  return DNI.charAt(remainder(digits, 23)) === text.slice(-1);
};

/** France: 97 less the number modulo 97; 2A and 2B of Corsica count as 19 and 18. */
const french = (found: string): boolean => {
  const text = found.toUpperCase().replaceAll(' ', '').replace('2A', '19').replace('2B', '18');
  return 97 - remainder(text.slice(0, 13), 97) === Number(text.slice(13));
};

/** Germany, tax number: ISO 7064 mod 11, 10, and one digit of the first ten stands there twice or three times. */
const german = (found: string): boolean => {
  const digits = digitsOf(found);
  const first = digits.slice(0, 10);
  if (new Set(first).size > 9 || new Set(first).size < 8) return false;
  let product = 10;
  for (const digit of first) {
    const sum = (digit + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === digits[10];
};

const PPS = 'WABCDEFGHIJKLMNOPQRSTUV';
/** Ireland: weights 8 to 2, and 9 for a second letter, modulo 23. */
const irish = (found: string): boolean => {
  const text = found.toUpperCase();
  const second = text.length > 8 ? Math.max(0, PPS.indexOf(text.charAt(8))) * 9 : 0;
  const sum = digitsOf(text.slice(0, 7)).reduce((total, digit, i) => total + digit * (8 - i), second);
  return PPS.charAt(sum % 23) === text.charAt(7);
};

/** Brazil: two digits, weighted modulo 11 each. */
const brazilian = (found: string): boolean => {
  const digits = digitsOf(found);
  const digit = (count: number): number => {
    const sum = digits.slice(0, count).reduce((total, one, i) => total + one * (count + 1 - i), 0);
    return ((sum * 10) % 11) % 10;
  };
  return digit(9) === digits[9] && digit(10) === digits[10];
};

const identifiers: readonly Identifier[] = [
  { title: 'US social security number', form: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g, holds: usSsn },
  {
    title: 'UK national insurance number',
    form: /(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z0-9])/g,
    holds: () => true,
  },
  {
    title: 'Spanish DNI or NIE',
    form: /(?<![A-Za-z0-9])(?:\d{8}|[XYZxyz]-?\d{7})[ -]?[A-Za-z](?![A-Za-z0-9])/g,
    holds: spanish,
  },
  {
    title: 'French NIR',
    form: /(?<![\d+])[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[ABab]) ?\d{3} ?\d{3} ?\d{2}(?!\d)/g,
    holds: french,
  },
  { title: 'German tax number', form: /(?<![\d+])[1-9]\d ?\d{3} ?\d{3} ?\d{3}(?!\d)/g, holds: german },
  {
    title: 'Irish PPS number',
    form: /(?<![A-Za-z0-9])\d{7}[A-Wa-w][A-IWa-iw]?(?![A-Za-z0-9])/g,
    holds: irish,
  },
  { title: 'Brazilian CPF', form: /(?<![\d.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)/g, holds: brazilian },
];

export const identifiersIn = (text: string): readonly Readonly<{ title: string; found: string }>[] =>
  identifiers.flatMap(({ title, form, holds }) =>
    [...text.matchAll(form)].flatMap(([found]) => (holds(found) ? [{ title, found }] : [])),
  );
