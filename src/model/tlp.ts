/** Labels of the Traffic Light Protocol 2.0 (FIRST, August 2022), from the narrowest circle of readers to the widest. */
export const tlps = ['red', 'amber+strict', 'amber', 'green', 'clear'] as const;
export type Tlp = (typeof tlps)[number];

export const isTlp = (text: string): text is Tlp => tlps.some((one) => one === text);

/** As it has to be written: capitals, no space. */
export const tlpLabel = (tlp: Tlp): string => `TLP:${tlp.toUpperCase()}`;
