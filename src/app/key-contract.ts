import type { KeyFrom } from '../journal/key-file.ts';
import type { IncidentId } from '../model/names.ts';

/** The keys of live incidents, as screens and commands know them. */

export type { KeyFrom } from '../journal/key-file.ts';

/**
 * `locked`: a key is not at hand, so what it seals stays sealed. `stand-in`: a new incident is sealed with a key file made for
 * it, because the key in use is not at hand. `other-way`: the usual way to the key failed and another one gave it.
 */
export type KeyNotice =
  | Readonly<{ is: 'locked'; from: KeyFrom | 'key.json'; why: string }>
  | Readonly<{ is: 'stand-in'; path: string }>
  | Readonly<{ is: 'other-way'; from: KeyFrom; why: string; by: KeyFrom }>;

/**
 * One way to the key. `name` is what it is called on the command line, `place` where it lies or whose it is. `sure` is false for
 * a recovery code that nobody said is written down: it is no second way yet.
 */
export type KeyWay = Readonly<{ name: string; from: KeyFrom; place: string; sure: boolean }>;

/**
 * Where the key of the live incidents comes from. `place` is the key file, or the file with the salt of the passphrase, or the
 * entry of the keychain. `changing`: a change is half done. `standIn`: incidents sealed with the stand-in key file. `alone`:
 * one way to the key is the only one. `made`: there is a
 * key already; until the first live incident there need not be. `drilled`: when another way than the first was last tried, as RFC 3339.
 */
export type KeyReport = Readonly<{
  from: KeyFrom;
  place: string;
  atHand: boolean;
  changing: KeyFrom | null;
  standIn: readonly IncidentId[];
  ways: readonly KeyWay[];
  alone: boolean;
  made: boolean;
  drilled: string | null;
}>;

/**
 * `rewrapped`: incidents that got the new key. `left`: those whose key is not here or whose journal cannot be read; they stay as
 * they were. `kept`: old keys that may still be needed. `wiped` is false while another process reads one of the journals.
 */
export type KeyChange = Readonly<{
  from: KeyFrom;
  changed: boolean;
  rewrapped: number;
  wiped: boolean;
  left: readonly Readonly<{ incident: IncidentId; why: 'no-key' | 'unreadable' }>[];
  kept: readonly string[];
}>;

/** A further way that is wanted: `key` is the age recipient, the KMS key or `<mount>/<name>` of Vault. */
export type NewWay = Readonly<{
  from: KeyFrom;
  key: string | null;
  choose: () => Promise<string>;
}>;

/** `opened` of `keys` data keys of one incident, and how many sealed fields they were tried on. */
export type DrilledIncident = Readonly<{
  incident: IncidentId;
  keys: number;
  opened: number;
  fields: number;
}>;

/** `passed` when the way gave the key and every data key of every open incident opened with it. */
export type KeyDrill = Readonly<{
  way: string;
  incidents: readonly DrilledIncident[];
  unreadable: readonly IncidentId[];
  passed: boolean;
}>;

/** What can be done with the keys; loaded when it is first wanted. */
export interface KeyDesk {
  /**
   * Makes a first key where there is none, from the keychain where that works. `fellBack` says why it is a key file instead;
   * null where there was a key or the keychain took it.
   */
  begin(): Promise<Readonly<{ fellBack: string | null }>>;
  /** A further way to the key in use. `code` is the recovery code: it is shown once and kept nowhere. @throws Problem `sealed`, `usage` */
  add(way: NewWay): Promise<Readonly<{ name: string; code: string | null }>>;
  /** The person has written the recovery code down. */
  written(): Promise<void>;
  /** A new key that all but this way serve. @throws Problem `not-found`, `usage` for the last one */
  remove(name: string, choose: () => Promise<string>): Promise<KeyChange>;
  /** A new key for all ways that there are. */
  rotate(choose: () => Promise<string>): Promise<KeyChange>;
  /**
   * Opens the data keys of every open incident by one way alone, as if all others were lost; without a name by the second one.
   * `ask` gives a passphrase or recovery code. @throws Problem `not-found`, `sealed`
   */
  drill(name: string | null, ask: () => Promise<string | null>): Promise<KeyDrill>;
  /** Whether this opens the key: null reads key file, keychain and services again. For a screen that was locked. */
  proves(typed: string | null): Promise<boolean>;
}
