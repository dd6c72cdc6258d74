/** Where the fonts of the letters come from and what is cut out of them. All of it is in the npm registry. */
export const PACKAGES: Readonly<Record<string, string>> = {
  '@expo-google-fonts/noto-sans': '0.4.2',
  '@expo-google-fonts/noto-sans-hebrew': '0.4.1',
  '@expo-google-fonts/noto-sans-arabic': '0.4.3',
  'dejavu-fonts-ttf': '2.37.3',
  'subset-font': '2.9.0',
  harfbuzzjs: '1.6.4',
};

export type Face = Readonly<{
  family: string;
  bold: boolean;
  /** Below node_modules. */
  path: string;
  sha256: string;
  license: string;
  ranges: readonly (readonly [from: number, to: number])[];
}>;

const LATIN_GREEK_CYRILLIC: Face['ranges'] = [
  [0x20, 0x7e],
  [0xa0, 0x24f],
  [0x250, 0x36f],
  [0x370, 0x52f],
  [0x1e00, 0x1fff],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x2070, 0x209f],
  [0x20a0, 0x20cf],
  [0x2100, 0x218f],
  [0x2212, 0x2212],
  [0x25cc, 0x25cc],
  [0xfb00, 0xfb06],
  [0xfffd, 0xfffd],
];
const HEBREW: Face['ranges'] = [
  [0x590, 0x5ff],
  [0xfb1d, 0xfb4f],
];
const ARABIC: Face['ranges'] = [
  [0x600, 0x6ff],
  [0x750, 0x77f],
  [0x8a0, 0x8ff],
  [0xfe70, 0xfefc],
];
/** Arrows, signs, boxes, geometry, stars, ticks and crosses: what screens, reports and people mark things with. */
const MARKS: Face['ranges'] = [
  [0x2190, 0x21ff],
  [0x2200, 0x22ff],
  [0x2300, 0x23ff],
  [0x2460, 0x2473],
  [0x2500, 0x257f],
  [0x2580, 0x259f],
  [0x25a0, 0x25ff],
  [0x2600, 0x26ff],
  [0x2700, 0x27bf],
];

const face = (
  family: string,
  bold: boolean,
  [path, license]: readonly [string, string],
  sha256: string,
  ranges: Face['ranges'],
): Face => ({ family, bold, path, license, sha256, ranges });

const noto = (script: string, bold: boolean): readonly [string, string] => {
  const name = script === '' ? 'noto-sans' : `noto-sans-${script.toLowerCase()}`;
  const weight = bold ? '700Bold' : '400Regular';
  const root = `@expo-google-fonts/${name}`;
  return [`${root}/${weight}/NotoSans${script}_${weight}.ttf`, `${root}/LICENSE_FONT`];
};
const dejavu = (name: string): readonly [string, string] => [
  `dejavu-fonts-ttf/ttf/${name}.ttf`,
  'dejavu-fonts-ttf/LICENSE',
];

export const FACES: readonly Face[] = [
  face(
    'Firebreak Sans',
    false,
    noto('', false),
    'fe8c022f48d8dd29f17b744d16f9346f4357e16f7d4f7be58b000ae7c291b614',
    LATIN_GREEK_CYRILLIC,
  ),
  face(
    'Firebreak Sans',
    true,
    noto('', true),
    '13a813c49624ae3ba3c5c6e72c5ebffc4b9e1e6ea32f421c04069b037c6ad431',
    LATIN_GREEK_CYRILLIC,
  ),
  face(
    'Firebreak Hebrew',
    false,
    noto('Hebrew', false),
    'e0ee753f09733337b9236221018d4bf71fd6d06c87dd76bbc83120514bc55911',
    HEBREW,
  ),
  face(
    'Firebreak Hebrew',
    true,
    noto('Hebrew', true),
    '8010b087f33f152e25aef020e68cb5568d6f8deebb6dde8f60d655196e59ebde',
    HEBREW,
  ),
  face(
    'Firebreak Arabic',
    false,
    noto('Arabic', false),
    '252629ca0e87b6233851249b8cbf7b43445211a8caf199f1b306a19202251508',
    ARABIC,
  ),
  face(
    'Firebreak Arabic',
    true,
    noto('Arabic', true),
    'a86a704ff8b315082f4859b04c2f8f746f4cefb14553ef10505f143e0d4829d3',
    ARABIC,
  ),
  face(
    'Firebreak Marks',
    false,
    dejavu('DejaVuSans'),
    '7da195a74c55bef988d0d48f9508bd5d849425c1770dba5d7bfc6ce9ed848954',
    MARKS,
  ),
];

export const sourceText = ({ ranges }: Face): string =>
  ranges
    .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)))
    .join('');
