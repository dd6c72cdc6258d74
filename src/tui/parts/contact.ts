import { daysFromCivil, formatLocal, type Instant } from '../../base/instant.ts';
import type { Contact } from '../../model/inventory.ts';
import { limits } from '../../model/limits.ts';
import type { PlannedStep } from '../../model/plan.ts';
import type { World } from '../screen.ts';
import { blank, line, paragraph, span, wrap, type Line } from './line.ts';

/** Whom a step rings: a contact by its name, or whoever is entered for that duty. */
export const contactFor = (step: PlannedStep | undefined, world: World): Contact | null => {
  if (step?.kind !== 'do' || step.call === null) return null;
  const { call } = step;
  const contacts = world.view?.contacts ?? [];
  return (
    contacts.find(({ id }) => id === call) ??
    contacts.find(({ for: serves }) => serves?.includes(call) === true) ??
    null
  );
};

const day = (text: string): number => {
  const [year, month, date] = text.split('-').map(Number);
  return daysFromCivil(year ?? 1970, month ?? 1, date ?? 1);
};

/** Age of an entry in whole days, as of the day in that zone. */
const ageInDays = (checked: string, now: Instant, zone: string): number =>
  day(formatLocal(now, zone, 'date')) - day(checked);

export const contactLines = (contact: Contact, world: World, width: number): readonly Line[] => {
  const age = ageInDays(contact.checked, world.now, world.zone);
  const stale = age > limits.contactStaleDays;
  const calls = world.view?.state.calls.filter(({ contact: id }) => id === contact.id) ?? [];
  const last = calls.at(-1);
  const rung =
    last === undefined
      ? ''
      : `Last call ${formatLocal(last.at, world.zone, 'time')}: ${last.outcome.replace('-', ' ')}.`;
  return [
    ...wrap(line('  ', span(contact.name, 'strong'), `: ${contact.duty}`), width, 4),
    line('    ', span(`  ${contact.phone}  `, 'info')),
    ...paragraph(
      [contact.hours ?? '', contact.email ?? ''].filter((one) => one !== '').join(' · '),
      width,
      'dim',
      4,
    ).filter((one) => one.spans.length > 1),
    line(
      '    ',
      span(
        `checked ${age} days ago${stale ? ': STALE, the number may be wrong' : ''}`,
        stale ? 'warn' : 'dim',
      ),
    ),
    ...(rung === '' ? [] : [line('    ', span(rung, 'good'))]),
    blank,
  ];
};
