import { Problem } from '../base/problem.ts';
import type { Delivery, Outside } from '../connectors/connector.ts';
import { endOpenBatches } from '../engine/batch/end.ts';
import { paceOf } from '../engine/batch/run.ts';
import type { Pace } from '../engine/batch/pace.ts';
import { openDoor, type Door } from '../engine/door.ts';
import { post, type Parcel } from '../engine/mail/post.ts';
import { entryOf, instanceOf, type Definitions } from '../engine/world.ts';
import { standingOf, standings, tallyOf, type Tally } from '../incident/sendings.ts';
import { MailError } from '../io/mail.ts';
import type { MailLetter } from '../letters/mail/mailing.ts';
import { messageId, messageOf, type Sender } from '../letters/mail/message.ts';
import { holdsEngine } from './acting.ts';
import { definitionsOf } from './definitions.ts';
import { hadElsewhere, readerAt } from './had-elsewhere.ts';
import { ledgerLine } from './mail-ledger.ts';
import { openMailing, type MailingFile } from './mailing-file.ts';
import type { IncidentParts } from './parts.ts';
import type { MailReader, PostProgress, SendAsked, SendBar, SendPlan, SendReport } from './send-contract.ts';
import { approvalFor, askFor, barsMeanwhile, barsTo, requestFor, type Leaving } from './send-rules.ts';

/** Merged letters on their way out: looked at, agreed to, handed to a mail server, gone on with. */

/** A mail server of the workspace that can be reached. */
type Office = Readonly<{
  name: string;
  definitions: Definitions;
  delivery: Delivery;
  door: Extract<Door, { is: 'open' }>;
  sender: Sender;
  address: string;
  pace: Pace;
}>;

export async function planSending(parts: IncidentParts, asked: SendAsked): Promise<SendPlan> {
  return (await looked(parts, asked)).plan;
}

export const serversOf = async (parts: IncidentParts): Promise<readonly string[]> =>
  await officesIn(await definitionsFor(parts, null));

export async function readersOf(
  parts: IncidentParts,
  asked: SendAsked,
  most: number,
): Promise<readonly MailReader[]> {
  const { leaving, elsewhere } = await looked(parts, asked);
  const readers: MailReader[] = [];
  for (const { n, to, language } of leavable(parts, leaving.file, elsewhere)) {
    if (readers.length >= most) break;
    readers.push({ letter: n, to, language });
  }
  return readers;
}

export async function askToSend(parts: IncidentParts, asked: SendAsked): Promise<SendPlan> {
  const { leaving, plan } = await looked(parts, asked);
  if (leaving.to === 'seed')
    throw new Problem('usage', { why: 'a seed goes to colleagues and needs nobody’s approval' });
  mustBeFree(plan.bars.filter(({ rule }) => rule !== 'needs-approval' && rule !== 'no-seed'));
  await askFor(parts, leaving);
  return await planSending(parts, asked);
}

export async function handOver(parts: IncidentParts, asked: SendAsked): Promise<SendPlan> {
  const { leaving, plan } = await looked(parts, asked);
  if (asked.way.by !== 'hand' || asked.way.whom.trim() === '')
    throw new Problem('usage', { why: 'say to whom the file is given' });
  const { whom } = asked.way;
  const { sha256, written } = leaving.file.merged;
  // Decided on what stands in the journal: another process may have begun to send it.
  await parts.ledger.appendDecided(() => {
    mustBeWithUs(parts, leaving.file, plan.elsewhere);
    mustBeFree(barsTo(parts, leaving));
    return [
      ...used(parts, leaving),
      {
        kind: 'mail.handed',
        pub: { mailing: sha256, count: written },
        priv: { to: { class: 'staff', value: whom } },
      },
    ];
  });
  return await planSending(parts, asked);
}

/** Whoever sends a file of which letters have left sends them twice. */
function mustBeWithUs({ ledger }: IncidentParts, { merged }: MailingFile, elsewhere: number): void {
  const stand = tallyOf(standingOf(ledger.state().sendings.get(merged.sha256), merged.written));
  const left = stand.taken + stand.unsure + stand.underway;
  if (left > 0)
    throw new Problem('usage', {
      why: `${left} letters of this file have left already: whoever sends it again sends them twice`,
      next: 'go on with the same command without --handed',
    });
  if (elsewhere > 0)
    throw new Problem('usage', {
      why: `${elsewhere} readers of this file had the letter from another one: whoever sends it sends it to them twice`,
      next: 'merge a list without them, or go on without --handed: then they are left out',
    });
}

export async function sendLetters(
  parts: IncidentParts,
  asked: SendAsked,
  heard: (progress: PostProgress) => void,
  stop: AbortSignal,
): Promise<SendReport> {
  holdsEngine(parts);
  parts.journal.noteJump();
  const { ledger, world } = parts;
  await endOpenBatches(ledger);
  const { office, leaving, plan, elsewhere } = await looked(parts, asked);
  mustBeFree(plan.bars);
  if (office === null)
    throw new Problem('usage', { why: 'what is given to somebody else is not sent from here' });
  const { merged } = leaving.file;
  const signal = new AbortController().signal;
  const { outside } = office.door.outside({ key: merged.sha256, suspects: [], signal });
  if (plan.leaves > 0) {
    await answers(office, outside);
    await ledger.append(used(parts, leaving));
  }
  const posted = await post(
    { ledger, clock: world.clock, stop, heard, stands: () => whyNot(barsMeanwhile(parts, leaving)) },
    {
      mailing: merged.sha256,
      letter: merged.letter,
      to: leaving.to,
      instance: office.name,
      from: office.sender.address,
      pace: office.pace,
      parcels: parcels(parts, leaving.file, office.sender, elsewhere),
      total: plan.leaves,
      open: async () => await office.delivery.open(outside),
    },
  );
  const after = ledger.state().sendings.get(merged.sha256);
  return { ...posted, plan, stand: tallyOf(standingOf(after, merged.written)) };
}

/** Tried before anything is written down: nothing has happened then. @throws Problem `remote-failed`, `missing-secret` */
async function answers({ delivery, name }: Office, outside: Outside): Promise<void> {
  try {
    (await delivery.open(outside)).close();
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    throw new Problem('remote-failed', { target: `the mail server ${name}`, why: error.message });
  }
}

type Looked = Readonly<{
  office: Office | null;
  leaving: Leaving;
  plan: SendPlan;
  elsewhere: ReadonlySet<string>;
}>;

async function looked(parts: IncidentParts, { file: path, way }: SendAsked): Promise<Looked> {
  parts.ledger.refresh();
  const file = openMailing(parts, path);
  const office = way.by === 'hand' ? null : await officeFor(parts, way.name);
  const leaving: Leaving = {
    file,
    to: way.by === 'hand' ? 'list' : way.to,
    through: office === null ? null : { instance: office.name, from: office.sender.address },
  };
  const elsewhere = hadElsewhere(parts, file);
  const { merged, head } = file;
  const stand = tallyOf(standingOf(parts.ledger.state().sendings.get(merged.sha256), merged.written));
  const leaves = leavesOf(parts, file, stand, elsewhere);
  const plan: SendPlan = {
    mailing: merged.sha256,
    file: file.path,
    letter: merged.letter,
    languages: Object.keys(merged.versions),
    drill: head.drill,
    to: leaving.to,
    server:
      office === null
        ? null
        : { name: office.name, address: office.address, from: office.sender.address, ...office.pace },
    letters: merged.written,
    stand,
    elsewhere: stand.open + stand.later - leaves,
    leaves,
    approval: approvalFor(parts, leaving),
    bars: barsTo(parts, leaving),
  };
  return { office, leaving, plan, elsewhere };
}

/** How many would leave: only where some people had the letter from another file must it be read who is in this one. */
function leavesOf(
  parts: IncidentParts,
  file: MailingFile,
  stand: Tally,
  elsewhere: ReadonlySet<string>,
): number {
  if (elsewhere.size === 0) return stand.open + stand.later;
  let leaves = 0;
  for (const _ of leavable(parts, file, elsewhere)) leaves += 1;
  return leaves;
}

/** Not begun, or not taken before. What was taken, refused for good, or is in doubt stays. */
function* leavable(
  parts: IncidentParts,
  { merged, letters }: MailingFile,
  elsewhere: ReadonlySet<string>,
): Generator<MailLetter, void> {
  const stands = standingOf(parts.ledger.state().sendings.get(merged.sha256), merged.written);
  const mayLeave = (n: number): boolean => {
    const standing = standings[stands[n] ?? 0];
    return standing === 'open' || standing === 'later';
  };
  for (const letter of letters(mayLeave)) if (!elsewhere.has(readerAt(letter.to))) yield letter;
}

function* parcels(
  parts: IncidentParts,
  file: MailingFile,
  sender: Sender,
  elsewhere: ReadonlySet<string>,
): Generator<Parcel, void> {
  for (const letter of leavable(parts, file, elsewhere))
    yield {
      n: letter.n,
      to: letter.to,
      about: ledgerLine(letter, messageId(letter, sender)),
      compose: async () => await messageOf(letter, sender, parts.world.clock.now()),
    };
}

const whyNot = ([bar]: readonly SendBar[]): string | null => bar?.why ?? null;

/** @throws Problem for the first of what stands in the way */
function mustBeFree([bar]: readonly SendBar[]): void {
  if (bar === undefined) return;
  const { rule, why, next } = bar;
  throw new Problem('not-authorised', { rule, why, next });
}

function used(parts: IncidentParts, leaving: Leaving) {
  const request = leaving.to === 'seed' ? null : requestFor(parts, leaving);
  if (request === null) return [];
  const { n, given } = request;
  return [{ kind: 'approval.used', pub: { asked: n, given: given.map((one) => one.n) } }] as const;
}

/** As the incident was declared with, else as the workspace says today. */
async function definitionsFor(parts: IncidentParts, via: string | null): Promise<Definitions> {
  const declared = definitionsOf(parts.frozen, parts.connectors);
  const today = await parts.today();
  const found = (await officesIn(declared)).length > 0 || today === null ? declared : today;
  return via === null || instanceOf(declared, via) !== null || today === null ? found : today;
}

/** The mail server that was named, or the only one. */
async function officeFor(parts: IncidentParts, via: string | null): Promise<Office> {
  const definitions = await definitionsFor(parts, via);
  const names = await officesIn(definitions);
  const name = via ?? names[0];
  if (name === undefined || (via === null && names.length > 1) || (via !== null && !names.includes(via)))
    throw new Problem('usage', {
      why:
        names.length === 0
          ? 'no mail server is configured'
          : `name the mail server: --via ${names.join(' or --via ')}`,
      next: 'firebreak.yaml, connectors: a row with `uses: smtp`, base_url and config.from; or give the file to a provider and record it: --handed TEXT',
    });
  const instance = instanceOf(definitions, name);
  const delivery =
    instance === null ? undefined : (await entryOf(definitions, instance.uses)?.load())?.deliver;
  const door = await openDoor(parts.world, definitions, name);
  if (instance === null || delivery === undefined || door.is === 'shut')
    throw new Problem('missing-secret', {
      name,
      ref: 'firebreak.yaml',
      why: door.is === 'shut' ? `${door.why}; ${door.fix}` : 'it sends no mail',
    });
  const { address, name: named } = delivery.from(instance.config ?? {});
  const { legal_name: legal, name: plain } = definitions.company.organisation;
  return {
    name,
    definitions,
    delivery,
    door,
    sender: { address, name: named ?? legal ?? plain, drill: parts.ledger.state().drill },
    address: parts.world.drill ? 'a mailbox of the drill' : (instance.base_url ?? ''),
    pace: await paceOf({ definitions }, name),
  };
}

async function officesIn(definitions: Definitions): Promise<readonly string[]> {
  const names: string[] = [];
  for (const [name, { uses }] of Object.entries(definitions.company.connectors))
    if ((await entryOf(definitions, uses)?.load())?.deliver !== undefined) names.push(name);
  return names;
}
