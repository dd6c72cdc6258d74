import { formatLocal } from '../base/instant.ts';
import { nobody } from '../model/nobody.ts';
import type { ClockView } from '../projections/countdowns.ts';
import { SEALED } from '../projections/facts.ts';
import { whoToRing, type WhoRow } from '../projections/who.ts';
import { placesAffected } from '../regulations/reach.ts';
import { situationOf } from './definitions.ts';
import type { IncidentParts } from './parts.ts';

const MESSAGING = new Set(['whatsapp', 'instagram', 'messenger', 'web-chat', 'sms', 'telegram']);

/** Whom to ring in this incident, by its clocks and by the contacts that were frozen with it. */
export const ringing = (
  { ledger, frozen, world, zone }: IncidentParts,
  clocks: readonly ClockView[],
): readonly WhoRow[] => {
  const state = ledger.state();
  const now = world.clock.now();
  const { company, inventory, contacts } = frozen;
  const sealed = company.organisation.name === SEALED;
  const unknown = sealed ? frozen.situation === null : company.organisation.name === nobody.organisation.name;
  const { organisation, regions } = frozen.situation ?? situationOf(company, inventory);
  return whoToRing(clocks, {
    organisation: {
      country: unknown ? null : organisation.country,
      takes_cards: organisation.takes_cards,
      dpo: company.organisation.dpo ?? null,
      acquirer: company.organisation.acquirer ?? null,
    },
    contacts: sealed ? null : contacts.contacts,
    places: placesAffected({ regions, facts: state.facts }),
    providers: providersOf(inventory),
    calls: state.calls,
    drill: state.drill,
    today: formatLocal(now, zone, 'date'),
  });
};

const providersOf = ({
  channels,
  processors = [],
}: IncidentParts['frozen']['inventory']): readonly string[] => {
  const used = new Set(
    channels.filter(({ medium }) => MESSAGING.has(medium)).map(({ processor }) => processor),
  );
  return processors.flatMap(({ id, contact }) => (contact !== undefined && used.has(id) ? [contact] : []));
};
