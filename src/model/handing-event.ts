/**
 * A journal that goes on at another machine; a part of `Events`. All of it is public: whoever has nothing of the incident but the
 * journal must be able to see who wrote which part.
 */
export type HandingEvents = {
  /** From here on another machine goes on: `to` is what its people read out, `to_key` what must sign there (hex), `to_age` what opens the packet. */
  'journal.handed': { to: string; to_age: string; to_key: string };
  /** It goes on here all the same: the packet never arrived. Why, is sealed. */
  'journal.kept': { handed: number };
  /** The first entry at the other machine: from whom, after how many entries, under which root, and the key that signs from now on. */
  'origin.changed': {
    from_key: string;
    from_log: string;
    handed: number;
    incident: string;
    key: string;
    root: string;
    size: number;
    tool: string;
    endorsed?: string;
    epoch?: string;
  };
};
