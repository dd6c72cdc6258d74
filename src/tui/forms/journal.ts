import type { EvidencePurpose, SeverityPurpose, RolePurpose, ClosePurpose } from '../places.ts';
import { roles, severities } from '../../model/names.ts';
import type { Severity, Role } from '../../model/names.ts';
import type { EvidenceSource } from '../../app/contract.ts';
import { firstOf } from '../../base/first.ts';
import { goesOn } from '../../projections/goes-on.ts';
import { clip, line, paragraph, span } from '../parts/line.ts';
import { given, type FormKind } from './form.ts';

const sourceOf = (text: string): EvidenceSource => {
  if (/^https?:\/\//i.test(text)) return { from: 'url', url: text };
  if (/^(?:\.{0,2}\/|~\/|[\w.-]+\.\w{1,5}$)/.test(text)) return { from: 'file', path: text };
  return { from: 'text', text, name: 'note' };
};

export const evidenceForm: FormKind<EvidencePurpose> = {
  spec: () => ({
    title: 'Evidence',
    above: (width) =>
      paragraph(
        'A path or a URL is fetched and kept with its SHA-256, source and time; anything else is kept as text.',
        width,
        'dim',
      ),
    fields: [
      {
        is: 'block',
        id: 'source',
        label: 'File path, URL, or the text itself',
        check: (text) => ({ ok: true, says: `a ${sourceOf(text).from}` }),
      },
      { is: 'line', id: 'note', label: 'What it shows' },
    ],
    does: 'keep it',
  }),
  complete: (purpose, values) => [
    { do: 'back' },
    {
      do: 'evidence',
      source: sourceOf(given(values, 'source')),
      note: given(values, 'note'),
      step: purpose.step,
    },
  ],
};

export const severityForm: FormKind<SeverityPurpose> = {
  spec: (_purpose, world) => ({
    title: 'Severity',
    above: [],
    fields: [
      {
        is: 'one',
        id: 'severity',
        label: 'Severity',
        options: severities.map((id) => ({ id, title: id })),
        initial: world.view?.state.severity ?? 'high',
      },
      { is: 'line', id: 'reason', label: 'Reason' },
    ],
    does: 'set the severity',
  }),
  complete: (_purpose, values) => [
    { do: 'back' },
    {
      do: 'act',
      command: {
        do: 'severity',
        severity: given(values, 'severity') as Severity,
        reason: given(values, 'reason'),
      },
      said: 'Severity set.',
    },
  ],
};

export const roleForm: FormKind<RolePurpose> = {
  spec: (_purpose, world) => ({
    title: 'Roles',
    above: [],
    fields: [
      {
        is: 'one',
        id: 'role',
        label: 'Role',
        options: roles.map((id) => ({ id, title: id, note: world.view?.state.roles.get(id) ?? 'nobody' })),
      },
      { is: 'line', id: 'person', label: 'Who (a handle)', initial: world.view?.actor ?? '' },
    ],
    does: 'give the role',
  }),
  complete: (_purpose, values) => [
    { do: 'back' },
    {
      do: 'act',
      command: { do: 'role', role: given(values, 'role') as Role, person: given(values, 'person') },
      said: 'Role recorded.',
    },
  ],
};

const outcomes = [
  { id: 'resolved', title: 'Resolved' },
  { id: 'not-an-incident', title: 'Not an incident', note: 'closes cleanly and stays in the journal' },
] as const;

/** So many that the fields stay in sight. */
const OPEN_NAMED = 6;

/** Closing shows what is not finished. It is refused by nobody here: the journal names who closed over what. */
export const closeForm: FormKind<ClosePurpose> = {
  spec: (_purpose, world) => ({
    title: 'Close the incident',
    above: (width) => {
      const open =
        world.view?.progress.steps.filter(
          ({ status }) => !['done', 'hand', 'skip', 'void'].includes(status),
        ) ?? [];
      const after = (world.view === null ? [] : goesOn(world.view)).flatMap((one) =>
        paragraph(`${one}.`, width, 'warn'),
      );
      if (open.length === 0)
        return [...paragraph('Every step is finished or left out with a reason.', width, 'good'), ...after];
      const { named, more } = firstOf(open, OPEN_NAMED - after.length);
      return [
        ...after,
        ...paragraph(open.length === 1 ? '1 step is open:' : `${open.length} steps are open:`, width, 'warn'),
        ...named.map(({ step, status }) =>
          line(span(clip(`  ${status.toUpperCase().padEnd(7)}${step.title}`, width))),
        ),
        ...(more === 0 ? [] : paragraph(`and ${more} more, in the list of steps`, width, 'dim', 2)),
      ];
    },
    fields: [
      {
        is: 'one',
        id: 'outcome',
        label: 'Outcome',
        options: world.view?.state.drill === true ? [{ id: 'drill-ended', title: 'Drill ended' }] : outcomes,
      },
      { is: 'block', id: 'summary', label: 'Summary' },
      {
        is: 'line',
        id: 'name',
        label: `Type the codename to close: ${world.view?.state.codename ?? ''}`,
        check: (text) => ({
          ok: text.trim() === world.view?.state.codename,
          says: text.trim() === world.view?.state.codename ? 'matches' : 'not the codename',
        }),
      },
    ],
    does: 'close',
  }),
  complete: (_purpose, values) => [
    { do: 'back' },
    {
      do: 'act',
      command: {
        do: 'close',
        outcome: given(values, 'outcome') as 'resolved' | 'not-an-incident' | 'drill-ended',
        summary: given(values, 'summary'),
      },
      said: 'Closed. The sealed credentials are destroyed.',
    },
  ],
};
