import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Ask } from '../../src/io/server.ts';

/**
 * Holds recorded requests against a vendor's own description of its API (OpenAPI 3.1): path, method, parameters, content type
 * and body. It says nothing of authentication, of order, or of answers.
 */
export type Checker = Readonly<{ problems: (ask: Ask) => readonly string[] }>;

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const nodeAt = (value: unknown, ...keys: readonly string[]): Node | null => {
  const found = keys.reduce<unknown>((one, key) => (isNode(one) ? one[key] : undefined), value);
  return isNode(found) ? found : null;
};

const escape = (text: string): string => text.replaceAll('~', '~0').replaceAll('/', '~1');
const ID = 'https://contracts.example/api.json';

type Operation = Readonly<{
  template: string;
  method: string;
  path: RegExp;
  names: readonly string[];
  node: Node;
  parameters: readonly Node[];
}>;

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

export const checkerOf = (file: string): Checker => {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Node;
  // The descriptions carry words of OpenAPI that a strict reader of JSON Schema does not know.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(document, ID);
  const operations = operationsOf(document);
  const valid = (pointer: string, value: unknown): readonly string[] => {
    const check = ajv.getSchema(`${ID}#${pointer}`) ?? ajv.compile({ $ref: `${ID}#${pointer}` });
    return check(value) === true
      ? []
      : (check.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
  };
  return { problems: (ask) => problemsOf(document, operations, valid, ask) };
};

const operationsOf = (document: Node): readonly Operation[] =>
  Object.entries(nodeAt(document, 'paths') ?? {}).flatMap(([template, item]) =>
    Object.entries(isNode(item) ? item : {}).flatMap(([method, node]): readonly Operation[] => {
      if (!isNode(node) || !['get', 'post', 'put', 'patch', 'delete'].includes(method)) return [];
      const names = [...template.matchAll(/\{([^}]+)\}/g)].map((found) => found[1] ?? '');
      const pattern = template
        .split(/\{[^}]+\}/)
        .map(literal)
        .join('([^/]+)');
      const shared =
        isNode(item) && Array.isArray(item['parameters']) ? (item['parameters'] as unknown[]) : [];
      const own = Array.isArray(node['parameters']) ? (node['parameters'] as unknown[]) : [];
      const parameters = [...shared, ...own]
        .map((one) => resolved(document, one))
        .filter((one) => one !== null);
      return [{ template, method, path: new RegExp(`^${pattern}$`), names, node, parameters }];
    }),
  );

const resolved = (document: Node, value: unknown): Node | null => {
  if (!isNode(value)) return null;
  const { $ref: ref } = value;
  return typeof ref === 'string' ? nodeAt(document, ...ref.replace(/^#\//, '').split('/')) : value;
};

type Valid = (pointer: string, value: unknown) => readonly string[];

const problemsOf = (
  document: Node,
  operations: readonly Operation[],
  valid: Valid,
  ask: Ask,
): readonly string[] => {
  const method = ask.method.toLowerCase();
  // A path without a place to fill goes before one with places: /orgs/{org}/actions, not /{a}/{b}/{c}.
  const operation = operations
    .filter((one) => one.method === method && one.path.test(ask.path))
    .toSorted((a, b) => a.names.length - b.names.length)[0];
  if (operation === undefined) return [`${ask.method} ${ask.path}: not in the description`];
  const at = `${ask.method} ${operation.template}`;
  const found = [...parameterProblems(operation, ask), ...bodyProblems(document, operation, valid, ask)];
  return found.map((problem) => `${at}: ${problem}`);
};

/** `created[gte]` is a part of `created`, where it is described as an object of such parts (OpenAPI, deepObject). */
const deepFits = (parameter: Node, name: string): boolean => {
  const [, whole, part] = /^([^[\]]+)\[([^[\]]+)\]$/.exec(name) ?? [];
  if (whole === undefined || parameter['name'] !== whole || parameter['style'] !== 'deepObject') return false;
  const described = JSON.stringify(parameter['schema']);
  return described.includes(`"${part ?? ''}":`);
};

const parameterProblems = ({ parameters, names, path }: Operation, ask: Ask): readonly string[] => {
  const values = path.exec(ask.path)?.slice(1) ?? [];
  const inQuery = parameters.filter((one) => one['in'] === 'query');
  const unknown = Object.keys(ask.query).filter(
    (name) => !inQuery.some((one) => one['name'] === name || deepFits(one, name)),
  );
  const missing = inQuery.filter(
    (one) => one['required'] === true && ask.query[String(one['name'])] === undefined,
  );
  const wrong = [
    ...names.flatMap((name, index) =>
      scalarProblem(parameters, 'path', name, decodeURIComponent(values[index] ?? '')),
    ),
    ...Object.entries(ask.query).flatMap(([name, all]) =>
      all.flatMap((one) => scalarProblem(inQuery, 'query', name, one)),
    ),
  ];
  return [
    ...unknown.map((name) => `unknown query parameter ${name}`),
    ...missing.map((one) => `missing query parameter ${String(one['name'])}`),
    ...wrong,
  ];
};

const scalarProblem = (
  parameters: readonly Node[],
  where: string,
  name: string,
  value: string,
): readonly string[] => {
  const parameter = parameters.find((one) => one['in'] === where && one['name'] === name);
  const schema = nodeAt(parameter, 'schema');
  if (schema?.['type'] === 'integer' && !/^-?\d+$/.test(value))
    return [`${where} parameter ${name} is not a whole number`];
  if (schema?.['type'] === 'boolean' && !/^(?:true|false)$/.test(value))
    return [`${where} parameter ${name} is not true or false`];
  const { enum: choices } = schema ?? {};
  return Array.isArray(choices) && !choices.includes(value)
    ? [`${where} parameter ${name} is none of its values`]
    : [];
};

const bodyProblems = (document: Node, operation: Operation, valid: Valid, ask: Ask): readonly string[] => {
  const content = nodeAt(operation.node, 'requestBody', 'content');
  const required = nodeAt(operation.node, 'requestBody')?.['required'] === true;
  if (ask.body === '') return required ? ['a body is required'] : [];
  if (content === null) return ['a body where none is described'];
  const type = (ask.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  if (!(type in content)) return [`content type ${type} is not described`];
  const pointer = `/paths/${escape(operation.template)}/${operation.method}/requestBody/content/${escape(type)}/schema`;
  const schema = resolved(document, nodeAt(content, type, 'schema'));
  const body =
    type === 'application/json' ? (JSON.parse(ask.body) as unknown) : formOf(document, schema, ask.body);
  return valid(pointer, body);
};

/** The schemas that a property may have, through `anyOf`, `oneOf` and `allOf`. */
const schemasOf = (document: Node, schema: Node | null, property: string): readonly Node[] => {
  const own = resolved(document, nodeAt(schema, 'properties')?.[property]);
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap((word) => {
    const list = schema?.[word];
    return Array.isArray(list)
      ? list.flatMap((one) => schemasOf(document, resolved(document, one), property))
      : [];
  });
  return own === null ? branches : [own, ...branches];
};

/** A form as the value it stands for: brackets nest, repeats make arrays, text becomes the type that is described. */
const formOf = (document: Node, schema: Node | null, text: string): unknown => {
  const body: Record<string, unknown> = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const [name = '', ...inner] = key.split(/\]?\[|\]$/).filter((part, index) => index === 0 || part !== '');
    const typed = typedValue(schemasOf(document, schema, name), value);
    if (inner.length > 0) nest(body, [name, ...inner], value);
    else if (name in body) body[name] = [body[name], typed].flat();
    else body[name] = typed;
  }
  return body;
};

const nest = (into: Record<string, unknown>, keys: readonly string[], value: string): void => {
  const [key = '', ...rest] = keys;
  if (rest.length === 0) {
    into[key] = value;
    return;
  }
  const inner = isNode(into[key]) ? into[key] : {};
  into[key] = inner;
  nest(inner as Record<string, unknown>, rest, value);
};

const typedValue = (schemas: readonly Node[], value: string): unknown => {
  const types = new Set(schemas.flatMap((one) => one['type']));
  if (types.has('array') || types.has('object')) {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  }
  if (types.has('boolean') && /^(?:true|false)$/.test(value)) return value === 'true';
  return (types.has('number') || types.has('integer')) && /^-?\d+(?:\.\d+)?$/.test(value)
    ? Number(value)
    : value;
};
