import { parseRef, refText } from '../../model/item.ts';
import { reasonFor } from '../ask.ts';
import { record } from '../recorded.ts';
import { usage, type Run } from '../spec.ts';

/** A person says what became of an attempt that the tool cannot find out about. */
export const settle: Run = async (context, input) => {
  const incident = await context.writable();
  const intent = parseRef(input.arg(0));
  if (intent === null)
    throw usage('name the attempt as firebreak status shows it: 41, or 41.7 for one target of a batch');
  const given = input.text('result');
  const result = (['done', 'failed'] as const).find((one) => one === given);
  if (result === undefined) throw usage('say what became of it: --result done or --result failed');
  const reason = await reasonFor(context, input.text('why'), `settling attempt ${refText(intent)}`);
  return await record(
    context,
    incident,
    { do: 'settle', intent, result, reason },
    `SETTLED ${refText(intent)}: ${result}`,
  );
};
