import { sha256Hex } from '../base/hash.ts';
import { instant } from '../base/instant.ts';
import type { Fresh } from '../model/event.ts';
import type { Card } from './drill-card.ts';
import type { Setting } from './drill-setting.ts';

/** A drill keeps that and how it was begun, and what a report needs of its scenario, as it was on that day. */
export const begunEvents = (card: Card, setting: Setting): readonly Fresh[] => {
  const { drill, company, untested, left } = setting;
  const { title, version, starts, duration_minutes, injects, traps, objectives, covers, targets } = drill;
  const kept = {
    title,
    version,
    starts,
    duration_minutes,
    injects,
    traps,
    objectives,
    covers,
    targets,
    ...(company === 'own' ? { company, untested, left } : {}),
  };
  const text = JSON.stringify(kept);
  return [
    {
      kind: 'drill.begun',
      pub: {
        at: instant(card.begun),
        by: card.auto ? 'script' : 'people',
        scenario: version,
        pci: covers?.pci ?? [],
        gdpr: covers?.gdpr ?? [],
      },
    },
    {
      kind: 'definition.frozen',
      pub: { name: 'scenario', sha256: sha256Hex(text), part: 0, of: 1, text: null },
      priv: { text: { class: 'definitions', value: text } },
    },
  ];
};
