import type { OpenIncident } from '../../app/contract.ts';
import { roles, type Role } from '../../model/names.ts';
import { handoverParts } from '../../projections/handover-brief.ts';
import { askLine, reasonFor } from '../ask.ts';
import type { Context } from '../context.ts';
import { record } from '../recorded.ts';
import { usage, type Run } from '../spec.ts';
import { utcOrNull } from '../words.ts';

/** A role goes from one person to the next, who says it back. */

export const showHandover: Run = async (context, input) => {
  if (input.text('out') !== null || input.text('to') !== null)
    return await (await import('./packet.ts')).handOver(context, input);
  const incident = await context.incident(input.args[0] ?? null);
  const view = incident.view();
  const { print } = context;
  if (print.json) {
    print.object('handover', {
      incident: incident.id,
      parts: handoverParts(view, null),
      offers: view.team.roles.flatMap(({ offer }) =>
        offer === null
          ? []
          : [{ role: offer.role, from: offer.from, to: offer.to, entry: offer.n, at: utcOrNull(offer.at) }],
      ),
    });
    return 0;
  }
  tell(context, incident, null);
  for (const { offer } of view.team.roles)
    if (offer !== null)
      print.say(`${offer.to} takes over: firebreak --as ${offer.to} handover take ${offer.role} --said TEXT`);
  return 0;
};

const tell = ({ print }: Context, incident: OpenIncident, role: Role | null): void => {
  for (const { head, lines } of handoverParts(incident.view(), role)) {
    print.line(head);
    for (const line of lines) print.line(`  ${line}`);
  }
};

export const roleNamed = (given: string): Role => {
  const role = roles.find((one) => one === given);
  if (role === undefined) throw usage(`there is no role "${given}"; there is ${roles.join(', ')}`);
  return role;
};

export const offer: Run = async (context, input) => {
  const role = roleNamed(input.arg(0));
  const incident = await context.writable();
  const to = input.text('to');
  if (to === null) throw usage('say who takes over: --to HANDLE');
  const note =
    input.text('note') ??
    (await askLine(context, 'How it stands, and what to do if it turns out otherwise?', {
      what: 'a handover',
      flags: '--note TEXT',
    }));
  return await record(
    context,
    incident,
    { do: 'hand-over', role, to, note },
    `OFFERED ${role} to ${to}, who says it back: firebreak --as ${to} handover take ${role} --said TEXT`,
  );
};

export const take: Run = async (context, input) => {
  const role = roleNamed(input.arg(0));
  const incident = await context.writable();
  const person = input.text('by') ?? incident.view().actor;
  let said = input.text('said');
  if (said === null) {
    // What is said back was read first.
    if (context.interactive) tell(context, incident, role);
    said = await askLine(context, 'In your own words: how does it stand, and what comes next?', {
      what: 'a read-back',
      flags: '--said TEXT',
    });
  }
  return await record(
    context,
    incident,
    { do: 'take-role', role, person, said },
    `ROLE ${role}: ${person}, who said it back`,
  );
};

export const withdraw: Run = async (context, input) => {
  const role = roleNamed(input.arg(0));
  const incident = await context.writable();
  const reason = await reasonFor(context, input.text('why'), `taking back the handover of ${role}`);
  return await record(
    context,
    incident,
    { do: 'withdraw', role, reason },
    `WITHDRAWN the handover of ${role}`,
  );
};
