package paper

// footer returns the footer with the page number between dashes: — 1 —.
func footer(style string) string {
	return footerHead + `>` + pageNumber(style) + `</w:ftr>`
}

const footerHead = XMLHead + `<w:ftr xmlns:w="` + wordSpace + `" xmlns:r="` + relSpace + `"`

func pageNumber(style string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` +
		`<w:r><w:t xml:space="preserve">— </w:t></w:r>` +
		`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>` +
		`<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>`
}

// wideFooter returns the footer of a landscape page. GB/T 9704 requires its page number to be where the
// other pages of the bound document have it. The sheet is turned to the left, so the upright page's
// foot is at the left edge: a box along that edge, between the margins, contains the number, and its
// text runs downwards.
func wideFooter(style string) string {
	return footerHead + ` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">` +
		`<w:p><w:pPr><w:pStyle w:val="` + style +
		`"/></w:pPr><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>` +
		`<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">` +
		`<wp:simplePos x="0" y="0"/>` +
		`<wp:positionH relativeFrom="page"><wp:posOffset>` + footLeft + `</wp:posOffset></wp:positionH>` +
		`<wp:positionV relativeFrom="page"><wp:posOffset>` + footTop + `</wp:posOffset></wp:positionV>` +
		`<wp:extent cx="` + footThick + `" cy="` + footLong + `"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>` +
		`<wp:docPr id="1" name="` + style + `"/><wp:cNvGraphicFramePr/>` +
		`<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>` +
		`<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="` + footThick + `" cy="` +
		footLong + `"/></a:xfrm>` +
		`<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>` +
		`<wps:txbx><w:txbxContent>` + pageNumber(style) + `</w:txbxContent></wps:txbx>` +
		`<wps:bodyPr vert="vert" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></wps:bodyPr>` +
		`</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p></w:ftr>`
}

// Position and size of the box of a landscape page's number, in EMU (635 per twentieth of a point,
// which the comments give): 22 mm from the left edge, as an upright page's number is from the lower
// one, and as long as the text area is high.
const (
	footLeft  = "791845"  // 1247
	footTop   = "1008380" // 1588
	footThick = "254000"  // 400
	footLong  = "5615940" // 11906 - 1588 - 1474
)

// wide reports whether a document has landscape pages.
func (d Document) wide() bool {
	for _, a := range d.Annexes {
		if a.Wide {
			return true
		}
	}
	return false
}
