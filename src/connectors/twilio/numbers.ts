import { z } from 'zod';
import { addressObstacle, hostOf, keepable } from '../address.ts';
import type { Outside } from '../connector.ts';
import { pausing } from '../thing.ts';
import type { Thing } from '../thing.ts';
import { account, twilio } from './api.ts';
import { numberInput, numberSchema } from './schema.ts';
import type { NumberInput, PhoneNumber } from './schema.ts';

/** Where a number's messages and calls go. Without an address, messages are kept by Twilio and calls fail. */

/** Our names for the fields, and Twilio's for changing them. */
const FIELDS = {
  sms_url: 'SmsUrl',
  sms_fallback_url: 'SmsFallbackUrl',
  sms_application_sid: 'SmsApplicationSid',
  voice_url: 'VoiceUrl',
  voice_fallback_url: 'VoiceFallbackUrl',
  voice_application_sid: 'VoiceApplicationSid',
  status_callback: 'StatusCallback',
} as const;
type Field = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as readonly Field[];

const stateSchema = z.record(z.enum(NAMES), z.string());
type State = z.infer<typeof stateSchema>;

const withAll = (of: (name: Field) => string): State =>
  Object.fromEntries(NAMES.map((name) => [name, of(name)])) as State;

const path = (outside: Outside, { number, account: whose }: NumberInput): string =>
  `/2010-04-01/Accounts/${whose ?? account(outside)}/IncomingPhoneNumbers/${number}.json`;

const stateOf = (number: PhoneNumber): State => withAll((name) => keepable(number[name]));

const number: Thing<NumberInput, State> = {
  vendor: twilio,
  what: 'the number',
  state: stateSchema,
  ask: (input, outside) => ({ method: 'GET', path: path(outside, input) }),
  of({ json }) {
    const { success, data } = numberSchema.safeParse(json);
    return success ? stateOf(data) : null;
  },
  isOff: (state) => NAMES.every((name) => state[name] === ''),
  off: () => withAll(() => ''),
  // Only what differs: an application that is not set is not described as something that could be emptied.
  turn: (to, input, outside, from) => ({
    method: 'POST',
    path: path(outside, input),
    form: Object.fromEntries(
      NAMES.filter((name) => to[name] !== from[name]).map((name) => [FIELDS[name], to[name]]),
    ),
  }),
  shows({ json }, to) {
    const { success, data } = numberSchema.safeParse(json);
    return success && NAMES.every((name) => stateOf(data)[name] === to[name]);
  },
  remarks: (state) =>
    NAMES.filter((name) => state[name] !== '').map(
      (name) => `${FIELDS[name]} goes to ${hostOf(state[name])}`,
    ),
  obstacle: async (to) => await Promise.resolve(addressObstacle(...NAMES.map((name) => to[name]))),
  says: { on: 'Twilio shows an address for the number', off: 'Twilio shows no address for the number' },
};

export const stopNumber = pausing<NumberInput, State>(number, {
  title: 'Stop what a number passes on',
  confidence: 'confirmed',
  scopes: ['the account’s credentials'],
  secrets: ['password'],
  input: numberInput,
  breaks: [
    'Messages to this number are kept at Twilio and passed to nobody; calls to it fail. A messaging service with an address of its own goes before these: look there too.',
  ],
  byHand: {
    where: 'console.twilio.com > Phone Numbers > Manage > Active numbers',
    steps: [
      'Open the number and write down every address and application it names',
      'Empty the addresses for messages, calls and status; save',
      'Reload and see that they are empty',
    ],
    record: 'the number’s SID, the addresses as they were, the time',
  },
});
