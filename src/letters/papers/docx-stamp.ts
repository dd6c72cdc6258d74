import { ImportedXmlComponent, Run } from 'docx';

/**
 * A word across every page, as Word's own command makes it, which finds it again by its name. The library has one too, whose name is
 * drawn by lot.
 */
export class PageStamp extends Run {
  constructor(word: string) {
    super({});
    this.addChildElement(ImportedXmlComponent.fromXmlString(`<w:pict>${TYPE}${shape(word)}</w:pict>`));
  }
}

/** WordArt along a straight line: shape 136 of VML. */
const TYPE =
  '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">' +
  '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>' +
  '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>' +
  '<v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>' +
  '<v:f eqn="sum @6 0 @5"/></v:formulas>' +
  '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>' +
  '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>' +
  '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>';

const STYLE = [
  'position:absolute;margin-left:0;margin-top:0;width:430pt;height:107.5pt;rotation:315;z-index:-251657216',
  'mso-position-horizontal:center;mso-position-horizontal-relative:margin',
  'mso-position-vertical:center;mso-position-vertical-relative:margin',
].join(';');

const shape = (word: string): string =>
  `<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" alt="${word}" style="${STYLE}" ` +
  'o:allowincell="f" fillcolor="#E8B4BB" stroked="f"><v:fill opacity="0.5"/>' +
  `<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt;font-weight:bold" string="${word}"/></v:shape>`;
