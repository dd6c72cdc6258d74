import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { companyFile } from '../../src/cli/commands/init/company.ts';
import { contactsFile } from '../../src/cli/commands/init/contacts.ts';
import { inventoryFile } from '../../src/cli/commands/init/inventory.ts';
import { companySchema } from '../../src/model/company.ts';
import { contactsSchema, inventorySchema } from '../../src/model/inventory.ts';

const files = [
  { name: 'firebreak.yaml', text: companyFile, schema: companySchema },
  { name: 'inventory.yaml', text: inventoryFile, schema: inventorySchema },
  { name: 'contacts.yaml', text: contactsFile, schema: contactsSchema },
];

/** The examples that are commented out, made part of the file. */
const withExamples = (text: string): string =>
  text
    .replaceAll(/^(connectors|anchors): {}/gm, '$1:')
    .replaceAll(/^( *)# ?(?=( *)(- |[a-z_]+:( |$)))/gm, '$1');

test.each(files)('$name as init writes it is valid', ({ text, schema }) => {
  expect(schema.safeParse(parse(text)).error?.issues ?? []).toEqual([]);
});

test.each(files)('$name names no secret value', ({ text }) => {
  expect(text).not.toMatch(/(?:token|secret|key): *["'A-Za-z0-9]/);
});

test.each(files)('$name stays valid when its examples are switched on', ({ text, schema }) => {
  expect(schema.safeParse(parse(withExamples(text))).error?.issues ?? []).toEqual([]);
});
