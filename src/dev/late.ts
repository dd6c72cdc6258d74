/** One member of a module: its name, and what stands behind it. */
export type Member = readonly [name: string, value: unknown];

const isName = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default';

/**
 * Source of a module that is loaded when one of its functions or classes is first used, and not by whoever imports it.
 * `load` is the expression that gives it. What is neither function nor class is read at import, where somebody asks for it.
 */
export function lateSource(load: string, members: readonly Member[]): string {
  return [
    `let loaded;`,
    `const all = () => (loaded ??= ${load});`,
    `const standIn = (of) => new Proxy(function () {}, {`,
    `  apply: (_, self, values) => Reflect.apply(of(), self, values),`,
    `  construct: (_, values) => new (of())(...values),`,
    `  get: (_, key) => of()[key],`,
    `  has: (_, key) => key in of(),`,
    `});`,
    `export default /* @__PURE__ */ standIn(all);`,
    ...members
      .filter(([name]) => isName(name))
      .map(([name, value], i) => `const m${i} = ${memberOf(name, value)};\nexport { m${i} as ${name} };`),
  ].join('\n');
}

/** Classes are written with a capital; a function that carries members of its own must show them too. */
function memberOf(name: string, value: unknown): string {
  if (typeof value !== 'function') return `/* @__PURE__ */ (() => all().${name})()`;
  return /^[A-Z]/.test(name) || Object.keys(value).length > 0
    ? `/* @__PURE__ */ standIn(() => all().${name})`
    : `(...values) => all().${name}(...values)`;
}
