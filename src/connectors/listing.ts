import type { Json } from '../base/canonical.ts';
import { unread } from './call.ts';
import type { CallAnswer, CallRequest } from './call.ts';
import type { Health, Listed, Listing, Outside } from './connector.ts';
import { pages, succeeded } from './vendor.ts';
import type { Vendor, Walk } from './vendor.ts';

/** What a connector lists, put together from its parts: a part that cannot be read is a blind spot, never an empty list. */
export type Part = Readonly<{
  /** "webhook endpoints": completes "reading ...". */
  title: string;
  walk: Walk;
  /** Null for a row that is not understood; it is counted and said. */
  item(row: Json): Listed | null;
}>;

const readPart = async (vendor: Vendor, outside: Outside, part: Part): Promise<Listing> => {
  const what = `reading ${part.title}`;
  const all = await pages(vendor, outside, part.walk, what).catch((error: unknown) => ({
    refusal: unread(error, what),
  }));
  if ('refusal' in all) return { items: [], blindSpots: [all.refusal.detail] };
  const items = all.rows.map((row) => part.item(row)).filter((item) => item !== null);
  const odd = all.rows.length - items.length;
  return {
    items,
    blindSpots: [
      ...(odd === 0 ? [] : [`${part.title}: ${odd} could not be understood`]),
      ...(all.complete ? [] : [`${part.title}: too many, the rest was not read`]),
    ],
  };
};

/** `blind`: what no listing can show here, whatever we may do. */
export const listed = async (
  vendor: Vendor,
  outside: Outside,
  parts: readonly Part[],
  blind: readonly string[],
): Promise<Listing> => {
  const read = await Promise.all(parts.map(async (part) => await readPart(vendor, outside, part)));
  return {
    items: read.flatMap((one) => one.items),
    blindSpots: [...read.flatMap((one) => one.blindSpots), ...blind],
  };
};

/** Whether we are let in, by one harmless question. `say` puts the answer into a sentence. */
export const healthBy =
  (
    vendor: Vendor,
    request: (outside: Outside) => CallRequest,
    say: (answer: CallAnswer) => Omit<Health, 'ok'>,
  ) =>
  async (outside: Outside): Promise<Health> => {
    const what = 'asking who we are';
    try {
      const answer = await vendor.ask(outside, request(outside));
      if (!succeeded(answer)) return { ok: false, detail: vendor.refused(answer, what).detail };
      return { ok: true, ...say(answer) };
    } catch (error) {
      return { ok: false, detail: unread(error, what).detail };
    }
  };
