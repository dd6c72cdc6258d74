/**
 * The severity of a personal data breach after ENISA, "Recommendations for a methodology of the assessment of severity of
 * personal data breaches", working document v1.0, December 2013: SE = DPC x EI + CB.
 * Formula, ranges, bands and flags are known from published accounts of it; the wording of the levels is our own, from
 * memory of the document. No law requires it: it is evidence for a person's decision under GDPR 33 and 34, never the decision.
 * Points are hundredths, so that no sum is rounded: 25 is 0.25.
 */

export type Level = Readonly<{ points: number; text: string }>;

export const dataTypes = ['simple', 'behavioural', 'financial', 'sensitive'] as const;
export type DataType = (typeof dataTypes)[number];
export type Dpc = 1 | 2 | 3 | 4;

/** The processing context by type of data: what the type scores by itself, and what raises or lowers it. */
export const contexts: Readonly<Record<DataType, Readonly<{ base: Dpc }> & Readonly<Record<Dpc, string>>>> = {
  simple: {
    base: 1,
    1: 'simple data, nothing that raises it',
    2: 'allow a profile, or assumptions about social or financial status',
    3: 'allow assumptions about health, sexual life, politics or religion',
    4: 'critical for the safety or condition of the people: vulnerable persons, minors',
  },
  behavioural: {
    base: 2,
    1: 'give no substantial insight, or are easily found in public',
    2: 'behavioural data, nothing that raises or lowers it',
    3: 'allow a profile of everyday life',
    4: 'allow a profile on sensitive data',
  },
  financial: {
    base: 3,
    1: 'give no substantial insight, such as being a customer',
    2: 'some financial data, no insight into status, such as an account number alone',
    3: 'financial data, nothing that raises or lowers it',
    4: 'enable fraud, such as full card data, or give a detailed financial profile',
  },
  sensitive: {
    base: 4,
    1: 'give no substantial insight, or are public',
    2: 'allow general assumptions only',
    3: 'allow assumptions about sensitive data only',
    4: 'sensitive data, nothing that lowers it',
  },
};

/** An example of each context; all but that of behavioural 1, which is our own, are published ones. */
export const examples: Readonly<Record<DataType, Readonly<Record<Dpc, string>>>> = {
  simple: {
    1: 'customer list of a supermarket',
    2: 'customer list of luxury goods',
    3: 'delivery addresses of an adult bookshop',
    4: 'list of undercover officers',
  },
  behavioural: {
    1: 'an opinion that its author published',
    2: 'one week of telephone calls',
    3: 'one year of telephone calls',
    4: 'calls to psychological support',
  },
  financial: {
    1: 'a letter that only shows who is a customer',
    2: 'transactions of one day, without detail',
    3: 'balances of one month',
    4: 'full card data, or a full year',
  },
  sensitive: {
    1: 'that a general blood test was taken',
    2: 'a blood test taken in an emergency room',
    3: 'a test for a specific disease',
    4: 'the results of a test',
  },
};

/** What raises or lowers the context of any type of data (annex A2). The result is never below 1 or above 4. */
export const adjustments = {
  raises: [
    'much about each person',
    'what kind of organisation it is tells something about its people',
    'what kind of people they are: vulnerable, exposed, protected',
  ],
  lowers: ['the data are wrong or old', 'the data are public anyway', 'the data of this type say little'],
} as const;

/** How easily somebody who has the data finds out whose they are. */
export const ease = {
  negligible: { points: 25, text: 'very hard to find out whose the data are' },
  limited: { points: 50, text: 'possible to find out whose the data are, with effort' },
  significant: { points: 75, text: 'the data point to a person, with some further source' },
  maximum: { points: 100, text: 'the data name the person' },
} as const satisfies Readonly<Record<string, Level>>;

/** Which row of `ease` an identifier alone reaches; null where the method names none between. Of several, the highest counts. */
export const identifiers = {
  'full name': {
    negligible: 'common in the whole country',
    limited: 'rare in the country',
    significant: 'in a small town',
    maximum: 'with birth date and e-mail address',
  },
  'identity number': {
    negligible: 'the number alone',
    limited: null,
    significant: null,
    maximum: 'with data or a picture that it links to',
  },
  'telephone or address': {
    negligible: 'unlisted, alone',
    limited: null,
    significant: null,
    maximum: 'in a directory that is searched by it',
  },
  'e-mail address': {
    negligible: 'says nothing and is found nowhere',
    limited: null,
    significant: 'with the name inside',
    maximum: 'found by search, and linked to a person',
  },
  picture: {
    negligible: 'blurred',
    limited: 'clear, alone',
    significant: 'clear, with its surroundings',
    maximum: 'with the name',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<keyof typeof ease, string | null>>>>;

/** The circumstances of the breach. Each is one level; a side that was not touched scores nothing. */
export const circumstances = {
  confidentiality: {
    untouched: { points: 0, text: 'confidentiality not affected' },
    exposed: { points: 0, text: 'exposed to risk, no sign that anybody read them' },
    'known-recipients': { points: 25, text: 'read by known recipients' },
    'unknown-recipients': { points: 50, text: 'open to an unknown number of recipients' },
  },
  integrity: {
    untouched: { points: 0, text: 'integrity not affected' },
    restored: { points: 0, text: 'altered, and restored before anybody used them' },
    recoverable: { points: 25, text: 'altered and maybe used, can be restored' },
    unrecoverable: { points: 50, text: 'altered and maybe used, cannot be restored' },
  },
  availability: {
    untouched: { points: 0, text: 'availability not affected' },
    copy: { points: 0, text: 'another copy was there' },
    temporary: { points: 25, text: 'unavailable for a time' },
    lost: { points: 50, text: 'lost, cannot be restored' },
  },
  intent: {
    none: { points: 0, text: 'no sign of intent to harm' },
    malicious: { points: 50, text: 'done with intent to harm' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Level>>>>;
type Circumstances = typeof circumstances;

/** A band from its lowest points up to the next one's. */
export const bands = [
  {
    band: 'very-high',
    from: 400,
    meaning: 'significant or irreversible consequences that people may not overcome',
  },
  { band: 'high', from: 300, meaning: 'significant consequences, overcome with serious difficulty' },
  { band: 'medium', from: 200, meaning: 'significant inconvenience, overcome with some difficulty' },
  { band: 'low', from: 0, meaning: 'no or small inconvenience' },
] as const;
export type Band = (typeof bands)[number]['band'];

/** What was found out. Several types of data are each given their context; `null` is not known yet. */
export type Findings = Readonly<{
  data: readonly [ScoredData, ...ScoredData[]];
  ease: keyof typeof ease;
  individuals: number | null;
  unintelligible: boolean | null;
}> &
  Readonly<{ [Side in keyof Circumstances]: keyof Circumstances[Side] }>;
export type ScoredData = Readonly<{ type: DataType; dpc: Dpc }>;

export type Severe = Readonly<{
  /** What it was computed from. */
  found: Findings;
  /** Hundredths: 425 is SE 4.25. */
  points: number;
  band: Band;
  meaning: string;
  /** What the score is made of, in the order of the formula, each with its part of it. */
  reasons: readonly Readonly<{ factor: 'dpc' | 'ei' | keyof Circumstances; points: number; text: string }>[];
  /** Said beside the score; they do not change it. */
  flags: readonly ('many-individuals' | 'unintelligible')[];
}>;

/** SE = DPC x EI + CB. Of several types of data the highest context counts, because one is enough to harm. */
export function severity(found: Findings): Severe {
  const worst = found.data.reduce((highest, next) => (next.dpc > highest.dpc ? next : highest));
  const ei = ease[found.ease];
  const sides = [
    ['confidentiality', circumstances.confidentiality[found.confidentiality]],
    ['integrity', circumstances.integrity[found.integrity]],
    ['availability', circumstances.availability[found.availability]],
    ['intent', circumstances.intent[found.intent]],
  ] as const;

  const points = worst.dpc * ei.points + sides.reduce((sum, [, level]) => sum + level.points, 0);
  const { band, meaning } = bandOf(points);
  return {
    found,
    points,
    band,
    meaning,
    reasons: [
      { factor: 'dpc', points: worst.dpc * 100, text: `${worst.type}: ${contexts[worst.type][worst.dpc]}` },
      { factor: 'ei', points: ei.points, text: ei.text },
      ...sides.map(([factor, level]) => ({ factor, points: level.points, text: level.text })),
    ],
    flags: [
      ...(found.individuals !== null && found.individuals > 100 ? (['many-individuals'] as const) : []),
      ...(found.unintelligible === true ? (['unintelligible'] as const) : []),
    ],
  };
}

function bandOf(points: number): (typeof bands)[number] {
  return bands.find(({ from }) => points >= from) ?? bands[3];
}
