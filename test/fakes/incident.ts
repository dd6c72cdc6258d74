import { rowsOf } from './rows.ts';
import { fakeExports } from './exports.ts';
import { asked, RELEASED } from './answers.ts';
import { sha256Hex } from '../../src/base/hash.ts';
import { type Instant } from '../../src/base/instant.ts';
import { approvalFields, known, signing, withApprovals } from './people.ts';
import { maskSecrets } from '../../src/base/mask.ts';
import { Problem, type Issue } from '../../src/base/problem.ts';
import { fakeRotation } from '../cli/fake-rotation.ts';
import type {
  Command,
  Confirmation,
  OpenDrill,
  Prepared,
  RunLine,
  RunReport,
  View,
} from '../../src/app/contract.ts';
import { decide } from '../../src/incident/decide.ts';
import { fold } from '../../src/incident/evolve.ts';
import { progress } from '../../src/incident/ready.ts';
import { unopened, type IncidentState } from '../../src/incident/state.ts';
import type { Outcome, Proof } from '../../src/model/action.ts';
import type { Fresh, Recorded, Reveal } from '../../src/model/event.ts';
import { containment } from '../../src/projections/containment.ts';
import { dutiesShown } from './duties.ts';
import { fakeLaw } from './alerts.ts';
import { clocks } from '../../src/projections/countdowns.ts';
import { SEALED } from '../../src/projections/facts.ts';
import { whoToRing } from '../../src/projections/who.ts';
import { beat, beside, practised, quiet, standing } from './beside.ts';
import { plan as shortPlan, planOf } from './plan.ts';
import { fakeLetters } from './letters.ts';
import { handingTo, maskedShown } from './handing.ts';
import { contacts, fakeMessages, items, letter, ringing, ZONE, score } from './company.ts';
import type { FakeAbout } from './letters.ts';
import { reportState } from './report.ts';
import { fakeDrafts } from './drafts.ts';

/** What the fake world answers, by target. Everything not named works at once and is proved. */
export type Answers = Readonly<Record<string, Readonly<{ outcome?: Outcome; proof?: Proof }>>>;

export type FakeOptions = FakeAbout &
  Readonly<{
    drill?: boolean;
    answers?: Answers;
    issues?: readonly Issue[];
    readOnly?: boolean;
    /** No key is at hand: what is private stays shut. */
    sealed?: boolean;
    shows?: Partial<Pick<View, 'anchors' | 'backup'>>;
    /** Thrown by the next `prepare`, `run` or `act` of that name. */
    fails?: Readonly<Partial<Record<'prepare' | 'run' | 'act' | 'declare', Problem>>>;
    title?: string;
    steps?: number;
    /** Every credential can be replaced as well as ended. */
    rotates?: boolean;
    /** Steps that want others, and how many: then ben and cem have keys. */
    approvals?: Readonly<Record<string, number>>;
  }>;

export interface FakeIncident extends OpenDrill {
  /** Writes an entry as the engine would, for instance an intent without an outcome. */
  write(...events: readonly Fresh[]): void;
  state(): IncidentState;
}

export type Parts = Readonly<{
  title: string;
  drill: boolean;
  clock: () => Instant;
  options: FakeOptions;
  commands: Command[];
  sent: { prepared: Prepared; confirmation: Confirmation }[];
  fail: (name: 'prepare' | 'run' | 'act') => void;
}>;

export const fakeIncident = ({ title, drill, clock, options, commands, sent, fail }: Parts): FakeIncident => {
  const plan = withApprovals(options.steps === undefined ? shortPlan : planOf(options.steps), options);
  const entries: Recorded[] = [];
  const sealed = new Map<string, string>();
  const opened: ReadonlyMap<string, string> = options.sealed === true ? new Map() : sealed;
  const watchers = new Set<() => void>();
  const titles = (id: string): string | null => items.find((item) => item.id === id)?.title ?? null;
  const write = (...events: readonly Fresh[]): void => {
    for (const { kind, pub, priv } of events) {
      const n = entries.length;
      for (const [name, { value }] of Object.entries(priv ?? {}))
        sealed.set(`${n} ${name}`, typeof value === 'string' ? value : '[bytes]');
      entries.push({
        kind,
        n,
        actor: 'ada',
        recorded_at: clock(),
        beat,
        pub,
        priv: Object.keys(priv ?? {}),
        hash: sha256Hex(`${n} ${kind}`),
      } as unknown as Recorded);
    }
    for (const watcher of watchers) watcher();
  };
  let folded: Readonly<{ size: number; state: IncidentState }> = { size: 0, state: unopened };
  const state = (): IncidentState => {
    const { size, state: before } = folded;
    if (size < entries.length) folded = { size: entries.length, state: fold(entries.slice(size), before) };
    return folded.state;
  };
  const planned = (): IncidentState => ({ ...state(), plan: state().plan ?? plan });
  write(
    {
      kind: 'incident.opened',
      pub: {
        codename: drill ? 'DRILL-HERON' : 'HERON',
        runbook: plan.runbook,
        severity: 'high',
        drill,
        zone: ZONE,
        earliest_at: clock(),
      },
      priv: { title: { class: 'staff', value: title } },
    },
    {
      kind: 'plan.adopted',
      pub: { plan_sha256: 'b'.repeat(64), runbook: plan.runbook, part: 1, of: 1, text: JSON.stringify(plan) },
    },
    { kind: 'role.claimed', pub: { role: 'commander', person: 'ada' } },
    ...(options.approvals === undefined ? [] : [known('ben'), known('cem')]),
  );
  const reveal: Reveal = ({ n, name }) => opened.get(`${n} ${name}`) ?? null;
  const view = (): View => {
    const withPlan = planned();
    const counted = clocks(withPlan, dutiesShown(withPlan), clock(), { zone: ZONE, holidays: () => null });
    return {
      id: 'inc-01HERON',
      title: options.sealed === true ? SEALED : title,
      now: clock(),
      zone: ZONE,
      state: withPlan,
      progress: progress(withPlan),
      clocks: counted,
      containment: containment(withPlan, titles),
      ...beside(withPlan, entries, clock(), reveal, options.shows),
      contacts,
      who: whoToRing(counted, ringing(withPlan.calls, clock())),
      ...quiet,
      ...standing(options.readOnly === true || planned().handed !== null),
      actor: 'ada',
    };
  };
  const prepare = (step: string, direction: 'do' | 'undo'): Prepared => {
    fail('prepare');
    const found = progress(planned()).steps.find((one) => one.step.id === step);
    if (found === undefined || found.step.kind !== 'act')
      throw new Problem('not-found', { what: 'action', id: step });
    const { action, friction, reversible, confidence, preserve, title: name } = found.step;
    const current = state();
    return {
      step,
      title: name,
      action,
      direction,
      sha256: sha256Hex(step),
      at: clock(),
      friction,
      reversible,
      unconfirmed: confidence === 'unconfirmed',
      phrase: found.targets[0]?.item ?? step,
      undoBy: reversible
        ? 'subscribe the same webhooks again, from the receipt'
        : 'A new token has to be made.',
      preserve: preserve.filter((id) => !current.steps.has(id) && !current.waived.has(id)),
      ...approvalFields(current, found.step, clock(), direction),
      targets: found.targets.map((target) => ({
        target,
        title: titles(target.item) ?? target.item,
        owner: 'Chat team',
        stops: 'Replies to customers on this number stop.',
        scopes: ['whatsapp_business_management'],
        preview: {
          calls: [
            {
              method: 'DELETE',
              url: `https://graph.facebook.com/v23.0/${target.item}/subscribed_apps`,
              note: 'with the system user token of the tool',
            },
          ],
          breaks: ['2 apps receive messages now'],
          now: 'active' as const,
          warnings: [],
        },
        byHand: null,
      })),
    };
  };
  const run = async (
    prepared: Prepared,
    confirmation: Confirmation,
    heard: (line: RunLine) => void = () => {},
  ): Promise<RunReport> => {
    fail('run');
    sent.push({ prepared, confirmation });
    const lines: RunReport['lines'][number][] = [];
    const say = (line: RunReport['lines'][number]): void => {
      lines.push(line);
      heard(line);
    };
    for (const { target } of prepared.targets) {
      const answer = options.answers?.[target.item];
      const outcome: Outcome = answer?.outcome ?? {
        result: 'done',
        detail: 'the system answered {"success":true}',
        http: 200,
      };
      const proof: Proof = answer?.proof ?? {
        is: 'proved',
        how: 'asked again with the old token: refused with 401',
        http: 401,
      };
      const intent = entries.length;
      const about = { step: prepared.step, target: target.item };
      write({
        kind: 'act.intent',
        pub: {
          ...about,
          instance: target.instance ?? 'none',
          action: prepared.action,
          attempt: 1,
          direction: prepared.direction,
          of: null,
          effect: 'irreversible',
          retry: 'B',
          confidence: 'confirmed',
          idem: 'k',
          plan_sha256: prepared.sha256,
        },
      });
      say({ is: 'intent', target: target.item, intent });
      await Promise.resolve();
      write({
        kind: 'act.outcome',
        pub: { intent, ...about, result: outcome.result, http: outcome.http ?? null, by: 'tool' },
      });
      say({ is: 'outcome', target: target.item, outcome });
      if (outcome.result !== 'done') continue;
      write({
        kind: 'act.verified',
        pub: { intent, ...about, proof: proof.is, http: proof.http ?? null, at: clock() },
      });
      say({ is: 'proof', target: target.item, proof });
    }
    const report: RunReport = { lines, state: reportState(lines) };
    if (report.state === 'proved' && prepared.step !== null)
      write({ kind: 'step.finished', pub: { step: prepared.step, how: 'acted' } });
    return report;
  };
  const act = async (command: Command): Promise<void> => {
    fail('act');
    commands.push(command);
    write(
      ...decide(planned(), command, {
        now: clock(),
        actor: 'ada',
        mask: (text) => maskSecrets(text).text,
        fingerprint: (secret) => sha256Hex(secret).slice(0, 8),
      }),
    );
  };
  const made: Partial<FakeIncident> = {
    id: 'inc-01HERON',
    ...practised,
    story: 'At 02:14 a scanner finds a token of the WhatsApp account in a public repository.',
    write,
    state,
    view,
    act,
    items: () => items,
    watch: (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    ...fakeLaw(view, write),
    timeline: (asked) => rowsOf({ entries, state: planned(), sealed: opened, titles, zone: ZONE }, asked),
    reveal,
    drafts: fakeDrafts(),
    ...signing((n) => entries[n]?.hash ?? ''),
    masked: maskedShown,
    ...handingTo(write),
    prepare: async (step) => prepare(step, 'do'),
    prepareUndo: async (step) => prepare(step, 'undo'),
    prepareItem: async () => ({ ...prepare('stop-webhooks', 'do'), step: null }),
    prepareRelease: async () => ({ ...prepare('stop-webhooks', 'undo'), ...RELEASED }),
    ...(options.rotates === true
      ? fakeRotation(() => ({ ...prepare('revoke-token', 'do'), preserve: [] }))
      : {}),
    run,
    ...asked,
    letter: async () => letter(drill),
    saveLetter: async () =>
      write({
        kind: 'letter.drafted',
        pub: { letter: 'gdpr-33', duty: 'gdpr.33-1', sha256: 'a'.repeat(64), missing: [], follows: [] },
      }),
    ...fakeLetters(drill, { state, write, clock, reveal }, options),
    ...fakeExports,
    leave: async () => {},
    ...fakeMessages(clock),
    finish: async () => score,
  };
  return made as FakeIncident;
};
