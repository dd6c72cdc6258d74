import type { IncidentId } from '../model/names.ts';

/** An incident that goes from one machine to another, as screens and commands know it. */

/** Whom a packet is for: the line that the other machine printed, and the letters that its people read out. */
export type ReceiverLine = Readonly<{ line: string; check: string }>;

/**
 * `size` and `root` (hex) are what both sides compare; `sha256` is of the file. `left`: what is needed to go on and is not inside, in
 * sentences.
 */
export type PacketMade = Readonly<{
  path: string;
  size: number;
  root: string;
  to: string;
  vkey: string;
  sha256: string;
  left: readonly string[];
}>;

/** What handing over would be, before anybody agreed to it. `check`: what two people compare by voice. */
export type PacketPlan = Readonly<{
  line: string;
  check: string;
  path: string;
  codename: string;
  left: readonly string[];
}>;

/** What a packet says, all of it proved. `replaces`: entries of it that are here already, and go no further here. */
export type PacketAbout = Readonly<{
  incident: IncidentId;
  codename: string;
  drill: boolean;
  by: string;
  /** RFC 3339. */
  at: string;
  size: number;
  root: string;
  origin: string;
  vkey: string;
  tool: string;
  replaces: number | null;
  remarks: readonly string[];
}>;

/** `missing`: secrets that the incident names and this machine does not have. `trusted`: whether its systems may be reached from here. */
export type PacketTaken = Readonly<{
  incident: IncidentId;
  entry: number;
  missing: readonly string[];
  trusted: boolean;
}>;

/** A packet that was opened, verified and not taken yet; nothing of it is to be seen anywhere. */
export interface OpenPacket {
  readonly about: PacketAbout;
  /** Goes on in it here, under a name and key of its own. Whole or not at all. @throws Problem `usage`, `engine-held` */
  take(): Promise<PacketTaken>;
  /** Puts it aside; the file stays where it is. */
  drop(): void;
}

export interface PacketDoor {
  /** The line that a colleague hands an incident over to; the secret behind it is made at first use. */
  receiver(): ReceiverLine;
  /** @throws Problem `not-authorised` for a packet of somebody else, `journal-broken`, `usage`, `not-found` */
  open(path: string): Promise<OpenPacket>;
}
