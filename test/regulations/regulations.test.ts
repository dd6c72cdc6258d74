import { describe, expect, it } from 'vitest';
import { coverage, isItem } from '../../src/regulations/coverage.ts';
import { regulations } from '../../src/regulations/index.ts';
import { parseInstant } from '../../src/base/instant.ts';

const all = Object.values(regulations);

describe.each(Object.entries(regulations))('%s', (id, regulation) => {
  it('names its sources and says how they were read', () => {
    expect(regulation.title).not.toBe('');
    expect(regulation.sources.length).toBeGreaterThan(0);
    for (const source of regulation.sources) expect(source).toMatchObject({ title: /./, citation: /./ });
  });

  it('writes every item once, under its own name', () => {
    const ids = regulation.items.map((item) => item.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const item of ids) expect(item).toMatch(new RegExp(`^${id}:[0-9][0-9A-Za-z.-]*$`));
  });

  it('answers for each duty, once and in order', () => {
    const organisation = { country: 'IE', acts_as: 'both', takes_cards: true } as const;
    const found = regulation.applies({ organisation, holds: [], regions: [], uses: [], facts: new Map() });
    expect(found.map(({ duty }) => duty)).toEqual(regulation.obligations);
  });

  describe.each(regulation.obligations)('$id', (duty) => {
    it('carries its source, its dates and its regime', () => {
      expect(duty.id).toMatch(new RegExp(`^${id}\\.[a-z0-9-]+$`));
      expect(duty.regime).toBe(id);
      expect(duty.source).not.toBe('');
      expect(duty.version).not.toBe('');
      for (const day of [duty.effective_from, duty.effective_to ?? null]) {
        expect(day === null || parseInstant(`${day}T00:00:00Z`) !== null).toBe(true);
      }
    });

    it('serves items that exist', () => {
      expect(duty.serves.length).toBeGreaterThan(0);
      for (const served of duty.serves) expect([served, isItem(served, all)]).toEqual([served, true]);
    });

    it('says who owes it and where, when that is somebody else', () => {
      if (duty.owed_by !== 'context') return;
      expect(duty.owed_by_name).toMatch(/./);
      expect(duty.region).toMatch(/./);
    });

    it('names its facts as an answer can be named, and its elements once', () => {
      const named = [
        duty.starts,
        ...duty.ruled_out_by.map(({ fact }) => fact),
        ...duty.elements.flatMap(({ facts }) => facts),
      ];
      for (const fact of named) expect(fact).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      const elements = duty.elements.map((element) => element.id);
      expect(new Set(elements).size).toBe(elements.length);
      for (const element of duty.elements) expect(element.facts.length).toBeGreaterThan(0);
    });
  });
});

describe('coverage', () => {
  const rows = coverage(
    [
      { id: 'token', serves: ['gdpr:33', 'gdpr:34.2', 'gdpr:32', 'pci:12.10.5'] },
      { id: 'skimming', serves: ['pci:12.10', 'gdpr:33.1', 'pci:6.4.3'] },
    ],
    all,
  );
  const served = (item: string) => rows.find((row) => row.item === item)?.runbooks;

  it('has a row for each item of GDPR 33 and 34 and of PCI 12.10, and no other', () => {
    const gdpr = ['33.1', '33.2', '33.3', '33.4', '33.5', '34.1', '34.2', '34.3', '34.4'];
    const pci = ['1', '2', '3', '4', '4.1', '5', '6', '7'];
    expect(rows.map(({ item }) => item)).toEqual([
      ...gdpr.map((id) => `gdpr:${id}`),
      ...pci.map((id) => `pci:12.10.${id}`),
    ]);
  });

  it('lets a shorter id stand for all below it', () => {
    expect(served('gdpr:33.1')).toEqual(['token', 'skimming']);
    expect(served('gdpr:33.4')).toEqual(['token']);
    expect(served('pci:12.10.4.1')).toEqual(['skimming']);
    expect(served('pci:12.10.5')).toEqual(['token', 'skimming']);
  });

  it('shows what none serves', () => {
    expect(rows.filter(({ runbooks }) => runbooks.length === 0).map(({ item }) => item)).toEqual([
      'gdpr:34.1',
      'gdpr:34.3',
      'gdpr:34.4',
    ]);
    expect(coverage([], all).every(({ runbooks }) => runbooks.length === 0)).toBe(true);
  });

  it.each([
    ['gdpr:33', true],
    ['gdpr:33.1', true],
    ['pci:12.10.4', true],
    ['pci:12', true],
    ['gdpr:3', false],
    ['gdpr:33.9', false],
    ['pci:12.10.5.1', false],
    ['nis3:1', false],
    ['', false],
  ])('knows whether %j is an item: %s', (id, known) => {
    expect(isItem(id, all)).toBe(known);
  });
});
