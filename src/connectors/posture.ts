/**
 * How a system is set, beside what exists in it: what an audit would else have to ask a person. A part that is not there is one
 * that no call of this vendor tells; `untold` says why this account was not told.
 */
export type Told<T> = (Readonly<{ is: 'told' }> & T) | Readonly<{ is: 'untold'; why: string }>;

export type Mfa = Readonly<{
  /** Whether everybody it speaks of must sign in with a second factor, or does. */
  enforced: boolean;
  detail: string;
  /** Of whom it says nothing: the question stays for them. */
  except?: string;
}>;
/** `public`: how many of the open ones the vendor has seen in public. */
export type Alerts = Readonly<{ open: number; public: number; oldest: string }>;
/** A business number, and what is wrong with it in the vendor's words. */
export type BusinessNumber = Readonly<{ id: string; title: string; faults: readonly string[] }>;
/** An approved message template: its fixed words, and the hosts that it links to. `{{` stands for one that is filled in. */
export type MessageTemplate = Readonly<{
  id: string;
  title: string;
  texts: readonly string[];
  hosts: readonly string[];
}>;

export type Posture = Readonly<{
  mfa?: Told<Mfa>;
  alerts?: Told<Alerts>;
  numbers?: Told<Readonly<{ numbers: readonly BusinessNumber[] }>>;
  templates?: Told<Readonly<{ templates: readonly MessageTemplate[] }>>;
}>;

export const untold = (why: string): Readonly<{ is: 'untold'; why: string }> => ({ is: 'untold', why });
