import { extname, isAbsolute, join } from 'node:path';
import { copyFormats, type CopyFormat } from '../../app/authoring-contract.ts';
import { refuseReadOnly } from '../context.ts';
import { usage, type Run } from '../spec.ts';

/** For paper: what is needed when neither the network nor this program can be had. */
export const printed: Run = async (context, input) => {
  const door = await (await context.app('definitions')).authoring();
  const runbook = input.arg(0);
  const out = input.text('out');
  if (out === null) {
    const { bytes, sha256 } = await door.copy(runbook, 'md');
    const markdown = new TextDecoder().decode(bytes);
    if (context.print.json) context.print.object('runbook-copy', { runbook, format: 'md', sha256, markdown });
    else context.print.block(markdown);
    return 0;
  }
  refuseReadOnly(context.globals);
  const path = isAbsolute(out) ? out : join(context.world.environment.cwd, out);
  const made = await door.writeCopy(runbook, formatOf(out), path, input.flag('overwrite'));
  const { format, sha256, replaced } = made;
  if (context.print.json)
    context.print.object('runbook-copy', { runbook, format, path: made.path, sha256, replaced });
  else context.print.line(made.path);
  if (replaced.length > 0)
    context.print.say(
      `No font has ${replaced.join(' ')}: the file shows each as \\u{...}. The .md has them.`,
    );
  return 0;
};

const formatOf = (out: string): CopyFormat => {
  const ending = extname(out).slice(1);
  const found = copyFormats.find((one) => one === ending);
  if (found === undefined)
    throw usage(
      `the name of the file ends in ${copyFormats.map((one) => `.${one}`).join(' or ')}, not "${out}"`,
    );
  return found;
};
