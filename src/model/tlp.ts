/** Labels of the Traffic Light Protocol 2.0 (FIRST, August 2022), from the narrowest circle of readers to the widest. */
export const tlps = ['red', 'amber+strict', 'amber', 'green', 'clear'] as const;
export type Tlp = (typeof tlps)[number];

export const isTlp = (text: string): text is Tlp => tlps.some((one) => one === text);

/** What FIRST gives each label, on black. */
export const tlpColour: Readonly<Record<Tlp, string>> = {
  red: '#ff2b2b',
  'amber+strict': '#ffc000',
  amber: '#ffc000',
  green: '#33ff00',
  clear: '#ffffff',
};

/** As it has to be written: capitals, no space. */
export const tlpLabel = (tlp: Tlp): string => `TLP:${tlp.toUpperCase()}`;
