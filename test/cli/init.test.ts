import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { companyFile } from '../../src/cli/commands/init/company.ts';
import { contactsFile } from '../../src/cli/commands/init/contacts.ts';
import { inventoryFile } from '../../src/cli/commands/init/inventory.ts';
import { obligationsFile } from '../../src/cli/commands/init/obligations.ts';
import { companySchema } from '../../src/model/company.ts';
import { contactsSchema, inventorySchema } from '../../src/model/inventory.ts';
import { ownDutiesSchema } from '../../src/model/own-duty.ts';

const files = [
  { name: 'firebreak.yaml', text: companyFile('Asia/Tokyo'), schema: companySchema },
  { name: 'inventory.yaml', text: inventoryFile, schema: inventorySchema },
  { name: 'contacts.yaml', text: contactsFile, schema: contactsSchema },
  { name: 'obligations.yaml', text: obligationsFile, schema: ownDutiesSchema },
];

/** The examples that are commented out, made part of the file. */
const withExamples = (text: string): string =>
  text
    .replaceAll(/^(connectors|anchors): {}|^(obligations): \[\]/gm, '$1$2:')
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
