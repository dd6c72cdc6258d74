import { Problem } from '../../base/problem.ts';
import { helpOf } from '../program.ts';
import { topicIds, topics } from '../topics.ts';
import type { Run } from '../spec.ts';

export const help: Run = async (context, input) => {
  const [first, ...others] = input.args;
  const topic = others.length === 0 ? topicIds.find((id) => id === first) : undefined;
  const text =
    topic === undefined
      ? helpOf(input.args, Math.min(context.world.environment.stdout.columns, 100))
      : topics[topic];
  if (text === null) {
    const why = `there is no help for "${input.args.join(' ')}"`;
    throw new Problem('usage', {
      why,
      next: `firebreak help, or one of: ${topicIds.map((id) => `firebreak help ${id}`).join(', ')}`,
    });
  }
  context.print.block(text);
  return await Promise.resolve(0);
};
