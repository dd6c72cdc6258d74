/** For whom a copy of an incident can be made. What each of them gets is a table of `projections/audience`. */
export const audienceIds = [
  'manager',
  'board',
  'regulator',
  'acquirer',
  'insurer',
  'counsel',
  'public',
] as const;
export type AudienceId = (typeof audienceIds)[number];

export const isAudience = (text: string): text is AudienceId => audienceIds.some((one) => one === text);
