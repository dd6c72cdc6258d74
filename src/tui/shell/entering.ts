import type { DeclareInput, OpenDrill, OpenIncident, Typed, View } from '../../app/contract.ts';
import { firstOf } from '../../base/first.ts';
import { limits } from '../../model/limits.ts';
import { unknownWords } from '../../projections/unknown.ts';
import { draftWords } from '../drafts.ts';
import { onlyRead, onlyReadNotice } from '../only-read.ts';
import type { Effect, World } from '../screen.ts';
import { incidentStart } from '../screens/incident/state.ts';
import type { Tone } from '../theme.ts';
import { storyPage } from './wide.ts';
import { tell, waiting, type Stage } from './stage.ts';

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
    {
      do: 'say',
      ...openedNotice({ ...stage.world(), view: incident.view() }, said, incident.drafts.found()),
    },
  ];
};

/** Where a person is again, and what was in flight when the tool ended: never repeated, never left unsaid. */
export const openedNotice = (
  world: Readonly<{ view: View }> & Pick<World, 'readOnly' | 'look'>,
  said = 'Back where it stopped.',
  typed: readonly Typed[] = [],
): Readonly<{ tone: Tone; text: string }> => {
  const { inFlight } = world.view;
  if (onlyRead(world) !== null) return { tone: 'warn', text: onlyReadNotice(world) };
  const unknown = unknownWords(world.view.unknown);
  const besides = `${draftWords(typed)}${unknown === null ? '' : ` ${unknown}`}`;
  if (inFlight.length === 0) return { tone: unknown === null ? 'good' : 'warn', text: `${said}${besides}` };
  const { named, more } = firstOf(inFlight, NAMED);
  const rest = more === 0 ? '' : ` and ${more} more; the step that is UNSURE lists them (enter)`;
  return {
    tone: 'warn',
    text: `${said} In flight when the tool ended, now UNSURE: ${named.join(', ')}${rest}.${besides}`,
  };
};

/** What a line can say at a glance. */
const NAMED = 3;

export const openNamed = async (stage: Stage, id: string, takeOver: boolean): Promise<void> =>
  waiting(
    stage,
    { what: 'opening the incident', keys: 'held' },
    async () => stage.world().app.open(id, { takeOver, readOnly: stage.world().readOnly }),
    (incident) => {
      const said = takeOver ? 'Taken over: this process acts now.' : 'Back where it stopped.';
      return entered(stage, incident, isDrill(incident) ? incident : null, said);
    },
  );

const isDrill = (incident: OpenIncident): incident is OpenDrill => 'injects' in incident;

export const startDrill = async (stage: Stage, runbook: string): Promise<void> =>
  waiting(
    stage,
    { what: 'starting the simulators', keys: 'held' },
    async () => stage.world().app.drill(runbook),
    (drill) => [
      ...entered(stage, drill, drill, 'This is a drill. The systems are simulated.'),
      { do: 'go', to: storyPage(drill, stage.world().zone) },
    ],
  );

export const declare = async (stage: Stage, input: DeclareInput): Promise<void> =>
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

export const leaveIncident = async (stage: Stage): Promise<void> => {
  const { incident } = stage.world();
  stage.enter(null, null);
  tell(stage, { do: 'back' });
  await incident?.leave();
};
