import type { Answer, OpenIncident } from '../app/contract.ts';
import { Problem } from '../base/problem.ts';
import type { Context } from './context.ts';
import { Interrupted } from './interrupted.ts';

/** Asks for one line. @throws Problem `needs-confirmation` with the flags that answer it, where nobody can be asked */
export async function askLine(
  context: Context,
  question: string,
  instead: Readonly<{ what: string; flags: string }>,
): Promise<string> {
  if (!context.interactive) throw new Problem('needs-confirmation', instead);
  return heard(await context.world.prompt.line(`${question} `));
}

/** The same for what must not be seen. */
export async function askHidden(
  context: Context,
  question: string,
  instead: Readonly<{ what: string; flags: string }>,
): Promise<string> {
  if (!context.interactive) throw new Problem('needs-confirmation', instead);
  return heard(await context.world.prompt.hidden(`${question} `));
}

/** The typed reason: from the flag, else asked for. */
export async function reasonFor(context: Context, given: string | null, what: string): Promise<string> {
  if (given !== null && given.trim() !== '') return given;
  return await askLine(context, `${what}: why?`, { what, flags: '--why TEXT' });
}

/** The reason of an answer, which may be left out as long as it ends no duty: who ends one says why. */
export async function whyEnded(
  context: Context,
  incident: OpenIncident,
  fact: string,
  answer: Answer,
  given: string | null,
): Promise<string | null> {
  const ended = incident.ends(fact, answer);
  return ended.length === 0
    ? given
    : await reasonFor(context, given, `an answer that ends ${ended.join(', ')}`);
}

function heard(answer: string | null): string {
  if (answer === null) throw new Interrupted();
  return answer.trim();
}
