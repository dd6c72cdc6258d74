import type {
  Confirmation,
  DeclareInput,
  OpenDrill,
  OpenIncident,
  Prepared,
  RunLine,
  View,
} from '../../app/contract.ts';
import { limits } from '../../model/limits.ts';
import type { Effect, World } from '../screen.ts';
import { incidentStart } from '../screens/incident/state.ts';
import { previewing } from '../screens/run/state.ts';
import type { Tone } from '../theme.ts';
import { troubleOf, type Trouble } from '../trouble.ts';
import { findingBlocks, manualBlocks, recheckBlocks, scoreBlocks, troubleBlocks } from './blocks.ts';
import type { Message, Waiting } from './model.ts';
import { unlock } from './unlock.ts';
import { storyPage } from './wide.ts';

/** What performing needs: the world as it is now, a way to answer, and the terminal's two tricks. */
export type Stage = Readonly<{
  world: () => World;
  send: (message: Message) => void;
  enter: (incident: OpenIncident | null, drill: OpenDrill | null) => void;
  markSeen: () => void;
  markRead: () => void;
  suspend: () => Promise<void>;
  repaint: () => Promise<void>;
  /** Numbers what is waited for. */
  waits: { last: number };
  /** Stops what runs between two targets; null while nothing runs. */
  running: { stop: AbortController | null };
}>;

const present = (world: World): OpenIncident => {
  if (world.incident === null) throw new Error('no incident is open');
  return world.incident;
};

const tell = (stage: Stage, ...effects: readonly Effect[]): void => stage.send({ is: 'effects', effects });

/** Shown at once and taken away at the end, however it ends. What came of it is told, unless nobody waits any longer. */
const waiting = async <T>(
  stage: Stage,
  about: Readonly<{ what: string; timeoutMs?: number; keys: Waiting['keys'] }>,
  work: () => Promise<T>,
  then: (made: T) => readonly Effect[],
): Promise<void> => {
  const id = (stage.waits.last += 1);
  const since = stage.world().now;
  stage.send({ is: 'waiting', waiting: { timeoutMs: limits.exchangeMs, ...about, id, since } });
  const free = about.keys === 'free';
  let effects: readonly Effect[];
  try {
    effects = then(await work());
  } catch (error) {
    const trouble = troubleOf(error);
    // Nothing is put in front of a person who went on with something else.
    effects = free
      ? [{ do: 'say', tone: 'bad', text: `${about.what}: ${trouble.failed}` }]
      : troubleEffects(trouble);
  }
  if (free) tell(stage, ...effects);
  stage.send({ is: 'waited', id, effects: free ? [] : effects });
};

const troubleEffects = (trouble: Trouble): readonly Effect[] => [
  { do: 'read', title: 'It did not work', blocks: troubleBlocks(trouble) },
];

const run = async (stage: Stage, prepared: Prepared, confirmation: Confirmation): Promise<void> => {
  const stop = new AbortController();
  stage.running.stop = stop;
  try {
    const heard = (line: RunLine): void => stage.send({ is: 'event', event: { is: 'heard', line } });
    const report = await present(stage.world()).run(prepared, confirmation, heard, stop.signal);
    stage.send({ is: 'event', event: { is: 'report', report } });
  } catch (error) {
    stage.send({ is: 'event', event: { is: 'failed', trouble: troubleOf(error) } });
  } finally {
    stage.running.stop = null;
  }
};

/** Takes an incident in front; what was in front before is left once this one is there. */
const entered = (
  stage: Stage,
  incident: OpenIncident,
  drill: OpenDrill | null,
  said: string,
): readonly Effect[] => {
  const before = stage.world().incident;
  stage.enter(incident, drill);
  void before?.leave();
  return [
    { do: 'go', to: incidentStart },
    { do: 'say', ...openedNotice(incident.view(), said) },
  ];
};

/** Where a person is again, and what was in flight when the tool ended: never repeated, never left unsaid. */
export const openedNotice = (
  { inFlight, readOnly }: View,
  said = 'Back where it stopped.',
): Readonly<{ tone: Tone; text: string }> => {
  if (readOnly) return { tone: 'warn', text: READ_ONLY };
  if (inFlight.length === 0) return { tone: 'good', text: said };
  return { tone: 'warn', text: `${said} In flight when the tool ended, now UNSURE: ${inFlight.join(', ')}.` };
};

const READ_ONLY = 'Another process acts on this incident: read and note here, or take it over (T).';

const openNamed = async (stage: Stage, id: string, takeOver: boolean): Promise<void> =>
  waiting(
    stage,
    { what: 'opening the incident', keys: 'held' },
    async () => stage.world().app.open(id, { takeOver }),
    (incident) => {
      const said = takeOver ? 'Taken over: this process acts now.' : 'Back where it stopped.';
      return entered(stage, incident, isDrill(incident) ? incident : null, said);
    },
  );

const isDrill = (incident: OpenIncident): incident is OpenDrill => 'injects' in incident;

const startDrill = async (stage: Stage, runbook: string): Promise<void> =>
  waiting(
    stage,
    { what: 'starting the simulators', keys: 'held' },
    async () => stage.world().app.drill(runbook),
    (drill) => [
      ...entered(stage, drill, drill, 'This is a drill. The systems are simulated.'),
      { do: 'go', to: storyPage(drill, stage.world().zone) },
    ],
  );

const declare = async (stage: Stage, input: DeclareInput): Promise<void> =>
  waiting(
    stage,
    { what: 'declaring', timeoutMs: limits.connectMs, keys: 'held' },
    async () => stage.world().app.declare(input),
    (incident) =>
      entered(
        stage,
        incident,
        null,
        'Declared. Every clock that could apply counts from now, provisionally.',
      ),
  );

const leaveIncident = async (stage: Stage): Promise<void> => {
  const { incident } = stage.world();
  stage.enter(null, null);
  tell(stage, { do: 'back' });
  await incident?.leave();
};

/** A preview only reads, so nobody has to wait for it; it is never shown to somebody who went on to something else. */
const prepare = async (stage: Stage, make: (incident: OpenIncident) => Promise<Prepared>): Promise<void> =>
  waiting(
    stage,
    { what: 'asking the systems what would happen', keys: 'stoppable' },
    async () => make(present(stage.world())),
    (prepared) => [{ do: 'go', to: previewing(prepared) }],
  );

const recheck = async (stage: Stage, step: string | null): Promise<void> =>
  waiting(
    stage,
    { what: 'asking the real systems again', keys: 'stoppable' },
    async () => present(stage.world()).recheck(step ?? undefined),
    (report) => [{ do: 'read', title: 'What the systems say now', blocks: recheckBlocks(report) }],
  );

const evidence = async (stage: Stage, effect: Extract<Effect, { do: 'evidence' }>): Promise<void> => {
  const { source, note, step } = effect;
  const about = step === null ? { note } : { note, step };
  return waiting(
    stage,
    { what: 'fetching and hashing the evidence', timeoutMs: limits.preserveMs, keys: 'free' },
    async () => present(stage.world()).addEvidence(source, about),
    (id) => [{ do: 'say', tone: 'good', text: `Evidence ${id} is kept.` }],
  );
};

const showLetter = async (stage: Stage, letter: string, step: string | null): Promise<void> =>
  waiting(
    stage,
    { what: 'filling in the letter', keys: 'held' },
    async () => present(stage.world()).letter(letter),
    (draft) => [{ do: 'go', to: { at: 'letter', draft, step, text: false } }],
  );

const showManual = async (stage: Stage, step: string): Promise<void> =>
  waiting(
    stage,
    { what: 'looking the way by hand up', keys: 'stoppable' },
    async () => present(stage.world()).manual(step),
    (pages) => [{ do: 'read', title: 'By hand', blocks: manualBlocks(pages) }],
  );

/** Signs with the key that a passphrase opens, then records what was agreed to. */
const agree = async (stage: Stage, effect: Extract<Effect, { do: 'approve' | 'review' }>): Promise<void> =>
  waiting(
    stage,
    { what: 'opening the key of your colleague', timeoutMs: limits.connectMs, keys: 'held' },
    async () => {
      const incident = present(stage.world());
      const { person, passphrase } = effect;
      const sign = async (entry: number): Promise<string | null> =>
        passphrase === null ? null : await incident.sign(entry, person, { with: 'passphrase', passphrase });
      if (effect.do === 'approve') {
        const { asked } = effect;
        await incident.act({ do: 'approve', asked, person, signature: (await sign(asked)) ?? '' });
      } else {
        const { override, agrees, comment } = effect;
        const signature = await sign(override);
        await incident.act({ do: 'review', override, person, agrees, comment, signature });
      }
    },
    () => [
      {
        do: 'say',
        tone: 'good',
        text: `${effect.do === 'approve' ? 'Approved' : 'Reviewed'} by ${effect.person}.`,
      },
    ],
  );

const writeExport = async (stage: Stage, format: string, out: string | null): Promise<void> =>
  waiting(
    stage,
    { what: 'writing the export', keys: 'held' },
    async () => present(stage.world()).export(format, out),
    (paths) => [{ do: 'read', title: 'Written', blocks: paths.map((path) => ({ head: '', body: path })) }],
  );

const examine = async (stage: Stage): Promise<void> =>
  waiting(
    stage,
    { what: 'checking what tonight needs', keys: 'stoppable' },
    async () => stage.world().app.doctor(),
    (findings) => [{ do: 'read', title: 'Doctor: what would fail tonight', blocks: findingBlocks(findings) }],
  );

const finishDrill = async (stage: Stage): Promise<void> => {
  const { drill } = stage.world();
  if (drill === null) return;
  await waiting(
    stage,
    { what: 'scoring the drill', keys: 'held' },
    async () => drill.finish(),
    (score) => [{ do: 'read', title: 'Score', blocks: scoreBlocks(score) }],
  );
};

/** What is written down at once, and said once it is. */
const record = async (
  stage: Stage,
  said: string,
  write: (incident: OpenIncident) => Promise<void>,
): Promise<void> => {
  await write(present(stage.world()));
  tell(stage, { do: 'say', tone: 'good', text: said });
};

const start = async (stage: Stage, effect: Exclude<Effect, { do: 'stop' }>): Promise<void> => {
  switch (effect.do) {
    case 'act':
      return record(stage, effect.said, async (incident) => incident.act(effect.command));
    case 'declare':
      return declare(stage, effect.input);
    case 'open':
      return openNamed(stage, effect.id, effect.takeOver);
    case 'drill':
      return startDrill(stage, effect.runbook);
    case 'prepare':
      return prepare(stage, async (incident) =>
        effect.direction === 'do' ? incident.prepare(effect.step) : incident.prepareUndo(effect.step),
      );
    case 'prepare-item':
      return prepare(stage, async (incident) => incident.prepareItem(effect.item, effect.what));
    case 'run':
      return run(stage, effect.prepared, effect.confirmation);
    case 'recheck':
      return recheck(stage, effect.step);
    case 'manual':
      return showManual(stage, effect.step);
    case 'letter':
      return showLetter(stage, effect.letter, effect.step);
    case 'save-letter':
      return record(stage, 'Draft saved to the journal. It was not sent.', async (incident) =>
        incident.saveLetter(effect.draft, effect.step),
      );
    case 'evidence':
      return evidence(stage, effect);
    case 'approve':
    case 'review':
      return agree(stage, effect);
    case 'export':
      return writeExport(stage, effect.format, effect.out);
    case 'unlock':
      return unlock(stage.world().app, stage.send, effect.typed);
    case 'doctor':
      return examine(stage);
    case 'finish-drill':
      return finishDrill(stage);
    case 'leave-incident':
      return leaveIncident(stage);
    case 'seen':
    case 'messages-read':
      return effect.do === 'seen' ? stage.markSeen() : stage.markRead();
    case 'suspend':
    case 'repaint':
      return effect.do === 'suspend' ? stage.suspend() : stage.repaint();
    case 'go':
    case 'form':
    case 'read':
    case 'swap':
    case 'back':
    case 'quit':
    case 'say':
    case 'forget':
      return tell(stage, effect);
  }
};

/** Performs an effect; whatever goes wrong is told to the person and never ends the app. */
export const perform = async (stage: Stage, effect: Effect): Promise<void> => {
  try {
    if (effect.do === 'stop') stage.running.stop?.abort();
    else await start(stage, effect);
  } catch (error) {
    tell(stage, ...troubleEffects(troubleOf(error)));
  }
};
