import type { PacketPlan } from '../app/contract.ts';

/** What changing laptops asks for. */
export type PacketEffect =
  /** `to`: the receiver's line, or a file that holds it. Null is the exports folder of the incident. */
  | Readonly<{ do: 'plan-packet'; to: string; out: string | null }>
  | Readonly<{ do: 'hand-packet'; plan: PacketPlan }>;

const about: ReadonlySet<string> = new Set<PacketEffect['do']>(['plan-packet', 'hand-packet']);

export const isPacket = (effect: Readonly<{ do: string }>): effect is PacketEffect => about.has(effect.do);
