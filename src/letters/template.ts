import Handlebars from 'handlebars';
import { assert } from '../base/assert.ts';
import type { Issue } from '../base/problem.ts';

/**
 * Templates are held to a corner of Handlebars: a declared name in two braces, `if` and `unless` over a declared name.
 * No helpers, partials, paths, loops or raw output, so a template cannot reach anything but the texts it was given.
 */
export function templateIssues(text: string, declared: ReadonlySet<string>, file: string): readonly Issue[] {
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(text);
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return [
      {
        rule: 'FB-LETTER',
        severity: 'error',
        file,
        line: lineOf(message),
        col: 1,
        message: `the template cannot be read: ${message}`,
      },
    ];
  }
  const issues: Issue[] = [];
  const complain: Complain = (node, message, hint, rule = 'FB-LETTER') =>
    void issues.push({
      rule,
      severity: 'error',
      file,
      line: node.loc.start.line,
      col: node.loc.start.column + 1,
      message,
      ...(hint === undefined ? {} : { hint }),
    });
  checkProgram(program, declared, complain);
  return issues;
}

/** A checked template as a function. The values are what the sink made of them: already escaped for it. */
export type Filled = (values: ReadonlyMap<string, Value>) => string;

/** Text that is safe for the sink as it stands; null prints nothing and is false for `if`. */
export type Value = Readonly<{ escaped: string }> | null;

/** @throws AssertionError for a template that `templateIssues` finds fault with */
export function compileTemplate(text: string, names: ReadonlySet<string>): Filled {
  assert(templateIssues(text, names, '').length === 0, 'a template is checked before it is compiled');
  const engine = isolated();
  const template = engine.compile<Readonly<Record<string, unknown>>>(text, {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: { each: false, with: false, lookup: false, log: false },
    explicitPartialContext: true,
  });
  return (values) => {
    const data = Object.create(null) as Record<string, unknown>;
    for (const name of names) data[name] = null;
    for (const [name, value] of values) {
      // SafeString is how Handlebars is told that the escaping was done; everything else it escapes itself.
      data[name] = value === null ? null : new engine.SafeString(value.escaped);
    }
    return template(data, { allowProtoMethodsByDefault: false, allowProtoPropertiesByDefault: false });
  };
}

/** A Handlebars of its own with the two helpers that are allowed. */
function isolated(): typeof Handlebars {
  const engine = Handlebars.create();
  for (const name of Object.keys(engine.helpers)) if (!allowedBlocks.has(name)) engine.unregisterHelper(name);
  return engine;
}

const allowedBlocks: ReadonlySet<string> = new Set(['if', 'unless']);

type Complain = (node: hbs.AST.Node, message: string, hint?: string, rule?: string) => void;

function checkProgram(program: hbs.AST.Program, declared: ReadonlySet<string>, complain: Complain): void {
  for (const node of program.body) checkStatement(node, declared, complain);
}

function checkStatement(node: hbs.AST.Statement, declared: ReadonlySet<string>, complain: Complain): void {
  switch (node.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return;
    case 'MustacheStatement':
      checkMustache(node as hbs.AST.MustacheStatement, declared, complain);
      return;
    case 'BlockStatement':
      checkBlock(node as hbs.AST.BlockStatement, declared, complain);
      return;
    default:
      complain(node, `a ${node.type} is not allowed in a letter`, 'print declared names with {{name}}');
  }
}

function checkMustache(
  node: hbs.AST.MustacheStatement,
  declared: ReadonlySet<string>,
  complain: Complain,
): void {
  if (!node.escaped) {
    complain(node, 'raw output is not allowed in a letter', 'write {{name}} with two braces');
    return;
  }
  if (node.params.length > 0 || node.hash !== undefined)
    complain(node, 'a helper is not allowed in a letter');
  else checkName(node.path, declared, complain);
}

function checkBlock(node: hbs.AST.BlockStatement, declared: ReadonlySet<string>, complain: Complain): void {
  const helper = node.path.original;
  const [subject, ...more] = node.params;
  if (!allowedBlocks.has(helper)) {
    complain(node, `{{#${helper}}} is not allowed in a letter`, 'only {{#if name}} and {{#unless name}} are');
    return;
  }
  if (subject === undefined || more.length > 0 || node.hash !== undefined)
    complain(node, `{{#${helper}}} takes one declared name`);
  else checkName(subject, declared, complain);
  checkProgram(node.program, declared, complain);
  // An inverse block is absent where there is no {{else}}, whatever the types say.
  const inverse = node.inverse as hbs.AST.Program | undefined;
  if (inverse !== undefined) checkProgram(inverse, declared, complain);
}

function checkName(node: hbs.AST.Node, declared: ReadonlySet<string>, complain: Complain): void {
  const path = node as hbs.AST.PathExpression;
  const name =
    path.type === 'PathExpression' && !path.data && path.depth === 0 && path.parts.length === 1
      ? path.original
      : null;
  if (name === null) complain(node, 'a letter prints declared names only, no paths and no values');
  else if (!declared.has(name))
    complain(
      node,
      `{{${name}}} is not declared in letter.yaml`,
      `declared are ${[...declared].toSorted().join(', ')}`,
      'FB041',
    );
}

const lineOf = (message: string): number => Number(/line (\d+)/.exec(message)?.[1] ?? '1');
