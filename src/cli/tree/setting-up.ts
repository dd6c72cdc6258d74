import { topicIds } from '../topics.ts';
import type { CommandSpec } from '../spec.ts';

const group = 'Set-up and help';

export const settingUp: readonly CommandSpec[] = [
  {
    name: 'init',
    args: '[dir]',
    help: 'write a commented workspace: organisation, inventory, contacts',
    group,
    load: async () => (await import('../commands/init.ts')).init,
  },
  {
    name: 'trust',
    help: 'allow the programs that this workspace names, as its files stand now',
    group,
    load: async () => (await import('../commands/trust.ts')).trust,
  },
  {
    name: 'doctor',
    help: 'which credential, contact or file would fail tonight? Changes nothing',
    group,
    load: async () => (await import('../commands/doctor.ts')).doctor,
  },
  {
    name: 'info',
    help: 'where everything lies',
    group,
    load: async () => (await import('../commands/info.ts')).info,
  },
  {
    name: 'help',
    args: '[topic...]',
    help: `explain a command, or one of: ${topicIds.join(', ')}`,
    group,
    load: async () => (await import('../commands/help.ts')).help,
  },
  {
    name: 'completion',
    args: '<shell>',
    help: 'completion for bash, zsh or fish',
    group,
    more: 'bash: source <(firebreak completion bash)\nzsh:  source <(firebreak completion zsh)\nfish: firebreak completion fish | source',
    load: async () => (await import('../commands/completion.ts')).completion,
  },
];
