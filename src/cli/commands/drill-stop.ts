import { trouble } from '../../app/trouble.ts';
import { isProblem } from '../../base/problem.ts';
import { declareReal } from '../screens.ts';
import { usage, type Run } from '../spec.ts';

/** Out of a drill, whoever plays it: what is real goes first, so nothing is asked before. */
export const run: Run = async (context, input) => {
  if (!input.flag('real-event'))
    throw usage('say why: --real-event. For any other reason: firebreak drill facilitate --do end');
  const { print, drawable } = context;
  const app = await context.app('drill');
  let said: string;
  try {
    const drill = await app.realEvent(input.args[0] ?? null);
    if (print.json) {
      print.object('drill-stopped', { drill, why: 'real-event' });
      return 0;
    }
    said = `The drill ${drill} is ended and kept; its report: firebreak drill report ${drill}`;
  } catch (error) {
    // Whatever became of the drill: who sits at a terminal declares.
    if (!drawable || !isProblem(error)) throw error;
    said = `No drill was ended: ${trouble(error).failed}. Declare all the same.`;
  }
  if (drawable) return await declareReal(context, said);
  print.line(said);
  print.line('Next: firebreak declare <runbook> --title "what you see"');
  return 0;
};
