import { callWords } from '../../app/drill-words.ts';
import { callResults } from '../../model/drill-event.ts';
import type { CallResult } from '../../model/drill-event.ts';
import { refuseReadOnly } from '../context.ts';
import { usage } from '../spec.ts';
import type { Input, Run } from '../spec.ts';
import { typedTime } from '../time.ts';
import { utcOrNull } from '../words.ts';

/** A call that was made on a real telephone, outside the tool: only the person who made it knows what came of it. */
export const run: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const app = await context.app('drill');
  const programme = await app.programme();
  const time = (name: string) => {
    const text = input.text(name);
    return text === null ? null : typedTime(text, programme.now(), app.zone);
  };
  const rung = time('rung');
  if (rung === null) throw usage('say when you rang: --rung TIME');
  const contact = input.arg(0);
  const call = {
    contact,
    result: resultOf(input),
    rung,
    answered: time('answered'),
    note: input.text('note'),
  };
  const drill = await programme.addCall(input.text('drill'), call);
  if (context.print.json)
    context.print.object('drill-call', {
      drill: drill.id,
      contact,
      result: call.result,
      rung_at: utcOrNull(rung),
      answered_at: utcOrNull(call.answered),
    });
  else context.print.line(`CALL TEST in ${drill.codename}: ${contact}, ${callWords(call)}`);
  return 0;
};

const resultOf = (input: Input): CallResult => {
  const text = input.text('result');
  const found = callResults.find((one) => one === text);
  if (found === undefined) throw usage(`say what came of it: --result ${callResults.join(', ')}`);
  return found;
};
