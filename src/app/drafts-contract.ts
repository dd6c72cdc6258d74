/** What was typed into one form and not sent. `name` is the form's own; its fields are by id. */
export type Typed = Readonly<{ name: string; on: number; inputs: Readonly<Record<string, TypedInput>> }>;

/** Text, the place in a list of choices, and the ticked ids. */
export type TypedInput = Readonly<{ text: string; chosen: number; ticked: readonly string[] }>;

/**
 * Half-written words outlive the process: they lie sealed on the disk until their form is sent or emptied. Where no key is at hand, or
 * nothing may be written, none are kept.
 */
export interface DraftsDoor {
  /** What a process before this one left. Never throws: words that cannot be read are none. */
  found(): readonly Typed[];
  /** All that is typed and not sent, each time that it changes: it is on the disk after the next pause, and when the app closes. */
  keep(all: readonly Typed[]): void;
}
