import { BOARD_LIST, supervisory, type Authority } from './authorities.ts';

/** Which authorities are told under the GDPR: one lead authority, or each of several. */
export type Lead = Readonly<{ authorities: readonly Authority[]; why: string }>;

/**
 * Art. 55 and 56: the authority of the main establishment leads where the processing crosses borders, and is that of the place
 * where it does not. Who has no establishment in the Union has no lead: each authority is told (EDPB Guidelines 9/2022,
 * paragraph 73, from accounts of it). `places`: where people are affected.
 */
export function leadUnderGdpr(country: string | null, places: readonly string[]): Lead {
  if (country === null)
    return {
      authorities: [],
      why: `Where the company is established is not known here (organisation.country in firebreak.yaml), and it decides whether one authority leads (GDPR Art. 56). The Board's list: ${BOARD_LIST}`,
    };
  const home = supervisory.filter((one) => one.country === country);
  if (home.length > 0)
    return {
      authorities: home,
      why: `One authority: the main establishment is in ${country}. It leads where the processing crosses borders (GDPR Art. 56), and takes the notice as the authority of the place where it does not (Art. 55).`,
    };
  const there = supervisory
    .filter((one) => places.includes(one.country))
    .toSorted((a, b) => (a.country < b.country ? -1 : 1));
  const none = `The company is in ${country} and has no establishment in the EU or EEA that firebreak.yaml tells of, so no authority leads, and a representative changes nothing (EDPB Guidelines 9/2022, paragraph 73).`;
  return {
    authorities: there,
    why:
      there.length > 0
        ? `${there.length === 1 ? 'One so far' : `Several, each by itself: ${there.length}`}. ${none} Each country in which people are affected has its own; the Board's list: ${BOARD_LIST}`
        : `Not known yet which. ${none} It is the authority of each country in which people are affected, and none of those is recorded: firebreak scope, or firebreak fact people-de. The Board's list: ${BOARD_LIST}`,
  };
}
