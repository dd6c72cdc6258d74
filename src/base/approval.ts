/** An approval is an SSH signature in this namespace over these bytes: nothing else that the same key signs can be one. */
export const APPROVAL_NAMESPACE = 'firebreak-approval';

/** What is signed: `hash` is the leaf hash, in hex, of the one journal entry that says what is approved. */
export const approvalText = (hash: string): string => `firebreak/approval/v1\n${hash}\n`;
