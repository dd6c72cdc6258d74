import { z } from 'zod';
import type { ZodType } from 'zod';
import { orUntold } from '../asking.ts';
import type { Outside } from '../connector.ts';
import { untold } from '../posture.ts';
import type { BusinessNumber, MessageTemplate, Posture, Told } from '../posture.ts';
import { cut } from '../several.ts';
import { graph, node, ok, refusal } from './graph.ts';
import { named, paging } from './schema.ts';

/** How the WhatsApp accounts of the business stand: whether numbers are verified and named as approved, what templates say. */

const numbersSchema = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      display_phone_number: z.string().default(''),
      code_verification_status: z.string().optional(),
      name_status: z.string().optional(),
    }),
  ),
  paging,
});
const templatesSchema = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      language: z.string().default(''),
      status: z.string(),
      components: z
        .array(
          z.object({
            text: z.string().optional(),
            example: z.unknown().optional(),
            buttons: z
              .array(
                z.object({
                  text: z.string().optional(),
                  url: z.string().optional(),
                  phone_number: z.string().optional(),
                }),
              )
              .default([]),
          }),
        )
        .default([]),
    }),
  ),
  paging,
});
type Row = z.infer<typeof templatesSchema>['data'][number];

/** Pages of a hundred; nobody has more templates than this, and nothing is read without end. */
const PAGES_MAX = 30;

type Paged<T> = Readonly<{ data: readonly T[]; paging?: z.infer<typeof paging> }>;

/** All rows of one list of an account. */
const all = async <T>(
  outside: Outside,
  path: string,
  fields: string,
  schema: ZodType<Paged<T>>,
): Promise<Told<Readonly<{ rows: readonly T[] }>>> => {
  const token = await outside.secret('token');
  const rows: T[] = [];
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query = { fields, limit: '100', ...(after === undefined ? {} : { after }) };
    const answer = await graph(outside, token, { method: 'GET', path: node(outside, path), query });
    const parsed = schema.safeParse(answer.json);
    if (!ok(answer) || !parsed.success) return untold(refusal(answer, `reading ${path}`).detail);
    rows.push(...parsed.data.data);
    after = parsed.data.paging?.next === undefined ? undefined : parsed.data.paging.cursors?.after;
    if (after === undefined) return { is: 'told', rows };
  }
  return untold(`reading ${path}: too many, the rest was not read`);
};

/** The same of every account: one that is not told leaves the whole untold, because what was not seen could be the worst. */
const ofAccounts = async <T>(
  outside: Outside,
  accounts: readonly string[],
  part: string,
  fields: string,
  schema: ZodType<Paged<T>>,
): Promise<Told<Readonly<{ rows: readonly T[] }>>> => {
  const rows: T[] = [];
  for (const id of accounts) {
    const found = await all(outside, `/${id}/${part}`, fields, schema);
    if (found.is === 'untold') return found;
    rows.push(...found.rows);
  }
  return { is: 'told', rows };
};

const APPROVED_NAMES = new Set(['APPROVED', 'AVAILABLE_WITHOUT_REVIEW']);

const numberOf = (row: z.infer<typeof numbersSchema>['data'][number]): BusinessNumber => {
  const { code_verification_status: code, name_status: name } = row;
  return {
    id: row.id,
    title: cut(row.display_phone_number, 40),
    faults: [
      ...(code === undefined || code === 'VERIFIED' ? [] : [`the number is ${cut(code, 40)}`]),
      ...(name === undefined || APPROVED_NAMES.has(name) ? [] : [`its name is ${cut(name, 40)}`]),
    ],
  };
};

const LINK = /https?:\/\/([^/\s?#"]+)/gi;
const hostsIn = (text: string): readonly string[] =>
  [...text.matchAll(LINK)].map(([, host = '']) =>
    cut(
      host
        .toLowerCase()
        .replace(/^[^@]*@/, '')
        .replace(/:\d+$/, ''),
      100,
    ),
  );

const templateOf = ({ id, name, language, components }: Row): MessageTemplate => {
  const words = components.flatMap(({ text, example, buttons }) => [
    text ?? '',
    // What was given as an example lies at Meta as well, and was often copied from a customer.
    example === undefined ? '' : JSON.stringify(example),
    ...buttons.flatMap((one) => [one.text ?? '', one.url ?? '']),
  ]);
  const texts = words.filter((one) => one !== '').map((one) => cut(one, 2000));
  return {
    id,
    title: `${cut(name, 80)} (${cut(language, 20)})`,
    texts,
    hosts: [...new Set(texts.flatMap(hostsIn))],
  };
};

const accountsOf = async (outside: Outside): Promise<Told<Readonly<{ ids: readonly string[] }>>> => {
  const business = String(outside.config['business_id'] ?? '');
  if (business === '')
    return untold('no business_id in the configuration, so no WhatsApp account was looked at');
  const path = `/${business}/owned_whatsapp_business_accounts`;
  const answer = await graph(outside, await outside.secret('token'), {
    method: 'GET',
    path: node(outside, path),
  });
  const parsed = named.safeParse(answer.json);
  if (!ok(answer) || !parsed.success) return untold(refusal(answer, 'reading the WhatsApp accounts').detail);
  return { is: 'told', ids: parsed.data.data.map(({ id }) => id) };
};

export const posture = async (outside: Outside): Promise<Posture> => {
  const accounts = await orUntold('reading the WhatsApp accounts', async () => await accountsOf(outside));
  const why = 'no call of Meta’s tells it: Business settings > Security Center';
  if (accounts.is === 'untold') return { mfa: untold(why), numbers: accounts, templates: accounts };
  const { ids } = accounts;
  return {
    mfa: untold(why),
    numbers: await orUntold('reading the numbers', async () => {
      const fields = 'id,display_phone_number,code_verification_status,name_status';
      const found = await ofAccounts(outside, ids, 'phone_numbers', fields, numbersSchema);
      return found.is === 'untold' ? found : { is: 'told', numbers: found.rows.map(numberOf) };
    }),
    templates: await orUntold('reading the templates', async () => {
      const fields = 'id,name,language,status,components';
      const found = await ofAccounts(outside, ids, 'message_templates', fields, templatesSchema);
      if (found.is === 'untold') return found;
      return {
        is: 'told',
        templates: found.rows.filter(({ status }) => status === 'APPROVED').map(templateOf),
      };
    }),
  };
};
