import { troubleOf } from '../trouble.ts';
import { tell, type Stage } from './stage.ts';

/**
 * Ends the drill and opens the form for a real incident. Whatever fails on the way is said, and keeps nobody from declaring. Where
 * no live part exists, the program opens the form anew, once this app is gone.
 */
export const leaveForReal = async (stage: Stage): Promise<void> => {
  const { drill, app, view, look } = stage.world();
  if (drill === null) return;
  const name = view?.state.codename ?? drill.id;
  const said = await drill.realEvent().then(
    () => `The drill ${name} is ended and kept; its report: firebreak drill report ${name}`,
    (error: unknown) =>
      `The drill ${name} could not be ended in its journal: ${troubleOf(error, look).failed}`,
  );
  stage.enter(null, null);
  await drill.leave().catch(() => undefined);
  tell(stage, { do: 'declare-real', here: app.live, said });
};
