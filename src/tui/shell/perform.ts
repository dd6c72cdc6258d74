import type { Confirmation, DeclareInput, OpenDrill, OpenIncident, Prepared } from '../../app/contract.ts';
import { limits } from '../../model/limits.ts';
import type { Effect, World } from '../screen.ts';
import { incidentStart } from '../screens/incident/state.ts';
import { previewing } from '../screens/run/state.ts';
import { troubleOf, type Trouble } from '../trouble.ts';
import { findingBlocks, manualBlocks, recheckBlocks, scoreBlocks, troubleBlocks } from './blocks.ts';
import type { Message } from './model.ts';

/** What performing needs: the world as it is now, a way to answer, and the terminal's two tricks. */
export type Stage = Readonly<{
  world: () => World;
  send: (message: Message) => void;
  enter: (incident: OpenIncident | null, drill: OpenDrill | null) => void;
  markSeen: () => void;
  suspend: () => Promise<void>;
  repaint: () => Promise<void>;
}>;

const present = (world: World): OpenIncident => {
  if (world.incident === null) throw new Error('no incident is open');
  return world.incident;
};

const tell = (stage: Stage, ...effects: readonly Effect[]): void => stage.send({ is: 'effects', effects });

/** Shown at once and taken away at the end, however it ends. */
const waiting = async <T>(
  stage: Stage,
  what: string,
  timeoutMs: number,
  work: () => Promise<T>,
): Promise<T> => {
  stage.send({ is: 'waiting', waiting: { what, since: stage.world().now, timeoutMs } });
  try {
    return await work();
  } finally {
    stage.send({ is: 'waiting', waiting: null });
  }
};

const showTrouble = (stage: Stage, trouble: Trouble): void =>
  tell(
    stage,
    { do: 'say', tone: 'bad', text: `${trouble.failed}.` },
    { do: 'read', title: 'It did not work', blocks: troubleBlocks(trouble) },
  );

const run = async (stage: Stage, prepared: Prepared, confirmation: Confirmation): Promise<void> => {
  try {
    const report = await present(stage.world()).run(prepared, confirmation, (line) =>
      stage.send({ is: 'event', event: { is: 'heard', line } }),
    );
    stage.send({ is: 'event', event: { is: 'report', report } });
  } catch (error) {
    stage.send({ is: 'event', event: { is: 'failed', trouble: troubleOf(error) } });
  }
};

const enterIncident = (stage: Stage, incident: OpenIncident, drill: OpenDrill | null, said: string): void => {
  stage.enter(incident, drill);
  const inFlight = incident.view().inFlight;
  const unsure =
    inFlight.length === 0
      ? said
      : `${said} In flight when the tool ended, now UNSURE: ${inFlight.join(', ')}.`;
  tell(
    stage,
    { do: 'go', to: incidentStart },
    { do: 'say', tone: inFlight.length === 0 ? 'good' : 'warn', text: unsure },
  );
};

const openNamed = async (stage: Stage, id: string, takeOver: boolean): Promise<void> => {
  const { app } = stage.world();
  const drill = app.incidents().find((one) => one.id === id && one.drill && one.runbook !== null);
  if (drill?.runbook != null) return startDrill(stage, drill.runbook);
  const incident = await waiting(stage, 'opening the incident', limits.exchangeMs, async () =>
    app.open(id, { takeOver }),
  );
  enterIncident(stage, incident, null, 'Back where it stopped.');
};

const startDrill = async (stage: Stage, runbook: string): Promise<void> => {
  const drill = await waiting(stage, 'starting the simulators', limits.exchangeMs, async () =>
    stage.world().app.drill(runbook),
  );
  enterIncident(stage, drill, drill, 'This is a drill. The systems are simulated.');
  tell(stage, { do: 'read', title: 'The story', blocks: [{ head: 'You are told', body: drill.story }] });
};

const prepare = async (stage: Stage, make: (incident: OpenIncident) => Promise<Prepared>): Promise<void> => {
  const prepared = await waiting(stage, 'asking the systems what would happen', limits.exchangeMs, async () =>
    make(present(stage.world())),
  );
  tell(stage, { do: 'go', to: previewing(prepared) });
};

const recheck = async (stage: Stage, step: string | null): Promise<void> => {
  const report = await waiting(stage, 'asking the real systems again', limits.exchangeMs, async () =>
    present(stage.world()).recheck(step ?? undefined),
  );
  tell(stage, { do: 'read', title: 'What the systems say now', blocks: recheckBlocks(report) });
};

const leaveIncident = async (stage: Stage): Promise<void> => {
  const { incident } = stage.world();
  stage.enter(null, null);
  tell(stage, { do: 'back' });
  await incident?.leave();
};

const evidence = async (stage: Stage, effect: Extract<Effect, { do: 'evidence' }>): Promise<void> => {
  const { source, note, step } = effect;
  const about = step === null ? { note } : { note, step };
  const id = await waiting(stage, 'fetching and hashing the evidence', limits.preserveMs, async () =>
    present(stage.world()).addEvidence(source, about),
  );
  tell(stage, { do: 'say', tone: 'good', text: `Evidence ${id} is kept.` });
};

const declare = async (stage: Stage, input: DeclareInput): Promise<void> => {
  const incident = await waiting(stage, 'declaring', limits.connectMs, async () =>
    stage.world().app.declare(input),
  );
  const said = 'Declared. Every clock that could apply counts from now, provisionally.';
  enterIncident(stage, incident, null, said);
};

const showLetter = async (stage: Stage, letter: string, step: string | null): Promise<void> => {
  const draft = await present(stage.world()).letter(letter);
  tell(stage, { do: 'go', to: { at: 'letter', draft, step, text: false } });
};

const writeExport = async (stage: Stage, format: string, out: string | null): Promise<void> => {
  const paths = await waiting(stage, 'writing the export', limits.exchangeMs, async () =>
    present(stage.world()).export(format, out),
  );
  tell(stage, {
    do: 'read',
    title: 'Written',
    blocks: paths.map((path) => ({ head: '', body: path })),
  });
};

const examine = async (stage: Stage): Promise<void> => {
  const findings = await waiting(stage, 'checking what tonight needs', limits.exchangeMs, async () =>
    stage.world().app.doctor(),
  );
  tell(stage, { do: 'read', title: 'Doctor: what would fail tonight', blocks: findingBlocks(findings) });
};

const finishDrill = async (stage: Stage): Promise<void> => {
  const { drill } = stage.world();
  if (drill === null) return;
  const score = await waiting(stage, 'scoring the drill', limits.exchangeMs, async () => drill.finish());
  tell(stage, { do: 'read', title: 'Score', blocks: scoreBlocks(score) });
};

const start = async (stage: Stage, effect: Effect): Promise<void> => {
  switch (effect.do) {
    case 'act':
      await present(stage.world()).act(effect.command);
      return tell(stage, { do: 'say', tone: 'good', text: effect.said });
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
      return tell(stage, {
        do: 'read',
        title: 'By hand',
        blocks: manualBlocks(await present(stage.world()).manual(effect.step)),
      });
    case 'letter':
      return showLetter(stage, effect.letter, effect.step);
    case 'save-letter':
      await present(stage.world()).saveLetter(effect.draft, effect.step);
      return tell(stage, { do: 'say', tone: 'good', text: 'Draft saved to the journal. It was not sent.' });
    case 'evidence':
      return evidence(stage, effect);
    case 'export':
      return writeExport(stage, effect.format, effect.out);
    case 'doctor':
      return examine(stage);
    case 'finish-drill':
      return finishDrill(stage);
    case 'leave-incident':
      return leaveIncident(stage);
    case 'seen':
      return stage.markSeen();
    case 'suspend':
      return stage.suspend();
    case 'repaint':
      return stage.repaint();
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
    await start(stage, effect);
  } catch (error) {
    showTrouble(stage, troubleOf(error));
  }
};
