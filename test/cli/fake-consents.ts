import type { App, OpenDrill } from '../../src/app/contract.ts';
import type { Consent, ConsentAsked } from '../../src/app/programme-contract.ts';

const consentTo = ({ scenario, by, until, notBetween }: ConsentAsked): Consent => ({
  id: 'consent-1',
  scenario,
  by,
  recorded_by: 'ann',
  recorded_at: 0,
  until,
  not_between: notBetween,
});

/** Every consent is given, and every unannounced drill has one. */
export const fakeConsents = (drill: () => OpenDrill): Pick<App, 'consent' | 'unannounced' | 'realEvent'> => ({
  realEvent: async (name) => await Promise.resolve(name ?? 'drill-1'),
  consent: async (asked) => await Promise.resolve(consentTo(asked)),
  unannounced: async (runbook) =>
    await Promise.resolve({
      drill: drill(),
      consent: consentTo({ scenario: runbook, by: 'priya', until: '2026-12-31', notBetween: null }),
      notPaged: null,
    }),
});
