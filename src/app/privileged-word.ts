/** What a person types so that what is marked privileged leaves. */
export const PRIVILEGED_WORD = 'privileged';
