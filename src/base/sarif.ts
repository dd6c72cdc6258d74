/** SARIF 2.1.0 (OASIS): what code-scanning services and editors read. One run of one tool, whatever it looked at. */

export type SarifLevel = 'error' | 'warning' | 'note';
export type SarifRule = Readonly<{ id: string }> & Readonly<Record<string, unknown>>;
export type SarifResult = Readonly<{
  rule: string;
  level: SarifLevel;
  text: string;
  file: string;
  /** Counted from 1, in UTF-16 units. */
  line: number;
  col?: number;
  /** What the finding is about, where it is more than a place. */
  subject?: string;
  fingerprint?: Readonly<Record<string, string>>;
}>;

export const sarifLog = (
  tool: Readonly<{ name: string; version: string; rules: readonly SarifRule[] }>,
  results: readonly SarifResult[],
): Readonly<Record<string, unknown>> => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: tool.name, semanticVersion: tool.version, rules: tool.rules } },
      columnKind: 'utf16CodeUnits',
      results: results.map((one) => ({
        ruleId: one.rule,
        ruleIndex: tool.rules.findIndex(({ id }) => id === one.rule),
        level: one.level,
        message: { text: one.text },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: one.file, uriBaseId: '%SRCROOT%' },
              region: { startLine: one.line, ...(one.col === undefined ? {} : { startColumn: one.col }) },
            },
            ...(one.subject === undefined
              ? {}
              : { logicalLocations: [{ fullyQualifiedName: one.subject, kind: 'resource' }] }),
          },
        ],
        ...(one.fingerprint === undefined ? {} : { partialFingerprints: one.fingerprint }),
      })),
    },
  ],
});

export const pascal = (id: string): string =>
  id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
