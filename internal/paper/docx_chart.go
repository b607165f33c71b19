package paper

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	drawingSpace = "http://schemas.openxmlformats.org/drawingml/2006/"
	chartType    = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
)

// shades distinguish the parts in black-and-white print.
var shades = []string{"404040", "8C8C8C", "D0D0D0", "FFFFFF"}

// draw writes the reference to a chart: as wide as the text, with its numbers in words as alternative text.
func (x *Markup) draw(d drawing) {
	const emu = 635 // per twentieth of a point
	turn := ""
	if d.turn {
		turn = newPage
	}
	x.drawn = append(x.drawn, d)
	n := len(x.drawn)
	x.WriteString(`<w:p><w:pPr><w:pStyle w:val="Figure"/>` + turn + `</w:pPr><w:r><w:drawing>`)
	x.Add(`<wp:inline xmlns:wp="`+drawingSpace+
		`wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/>`, TextWidth*emu,
		d.height()*emu)
	x.Add(`<wp:docPr id="%d" name="%s" descr="%s"/><wp:cNvGraphicFramePr/>`, n, d.Title, d.says())
	x.Add(`<a:graphic xmlns:a="`+drawingSpace+`main"><a:graphicData uri="`+drawingSpace+`chart"><c:chart xmlns:c="`+
		drawingSpace+`chart" r:id="rIdChart%d"/></a:graphicData></a:graphic>`, n)
	x.WriteString("</wp:inline></w:drawing></w:r></w:p>\n")
}

// drawing is a chart, or a part of one, as it is printed on one page.
type drawing struct {
	Chart
	rateLayout      // of rates
	of         int  // which of the document's charts it is of, from 1
	turn       bool // it begins a page
}

// height is the drawing's height in twentieths of a point.
func (d drawing) height() int {
	if d.rated() {
		return d.heightOf(len(d.Names))
	}
	return 1500 + 520*len(d.Names)
}

// chartParts returns a chart's files: the chart, the workbook with its data, and their relationship.
func chartParts(n int, d drawing) ([]Part, error) {
	book, err := chartBook(d.Chart)
	if err != nil {
		return nil, err
	}
	name := "chart" + strconv.Itoa(n)
	return []Part{
		{"word/charts/" + name + ".xml", d.xml()},
		{"word/charts/_rels/" + name + ".xml.rels",
			XMLHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
				`<Relationship Id="rId1" Type="` + officeRels + `package" Target="../embeddings/` + name +
				`.xlsx"/></Relationships>`},
		{"word/embeddings/" + name + ".xlsx", book},
	}, nil
}

// chartBook returns the workbook that Word opens to edit the chart.
func chartBook(c Chart) (string, error) {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range c.Table().plain() {
		for k, s := range row {
			var value any = s
			if number, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64); err == nil && k > 0 {
				value = number
			}
			if err := f.SetCellValue("Sheet1", CellName(k+1, i+1), value); err != nil {
				return "", fmt.Errorf("workbook of a chart: %w", err)
			}
		}
		if c.Noted != "" && i > 0 { // where the notes stand
			if err := f.SetCellValue("Sheet1", CellName(len(row)+1, i+1), rateEnd); err != nil {
				return "", fmt.Errorf("workbook of a chart: %w", err)
			}
		}
	}
	if err := f.SetDocProps(&excelize.DocProperties{Created: "2000-01-01T00:00:00Z",
		Modified: "2000-01-01T00:00:00Z"}); err != nil {
		return "", err
	}
	var raw, packed bytes.Buffer
	if _, err := f.WriteTo(&raw); err != nil {
		return "", err
	}
	err := repack(&packed, raw.Bytes())
	return packed.String(), err
}

// xml returns the chart as DrawingML.
func (d drawing) xml() string {
	var x Markup
	x.Add(XMLHead+`<c:chartSpace xmlns:c="`+drawingSpace+`chart" xmlns:a="`+drawingSpace+`main" xmlns:r="`+relSpace+
		`"><c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>`+
		textProperties(1200, true)+`</a:pPr><a:r><a:rPr lang="zh-CN" sz="1200" b="1"/><a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea>`, d.Title)
	if d.rated() {
		x.ratePlot(d.Chart, d.rateLayout)
	} else {
		x.countPlot(d.Chart)
	}
	x.WriteString(`</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/>` + chartText(1050) +
		`</c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>` + chartText(1050) + `<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>`)
	return x.String()
}

// countPlot writes a bar per name with its parts stacked and zeros unlabelled.
func (x *Markup) countPlot(c Chart) {
	x.WriteString(`<c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>` + "\n")
	for i, p := range c.Parts {
		ink := "000000"
		if i < 2 {
			ink = "FFFFFF"
		}
		x.seriesHead(i, p.Name)
		x.Add(`<c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill>`+outline+`</c:spPr><c:invertIfNegative val="0"/>`,
			shades[min(i, len(shades)-1)])
		x.WriteString(`<c:dLbls><c:numFmt formatCode="0;;;" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1050"><a:solidFill><a:srgbClr val="` + ink +
			`"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>` + showing(true) + `</c:dLbls>`)
		x.seriesData(c, i+2, p.number)
	}
	x.WriteString(`<c:gapWidth val="60"/><c:overlap val="100"/><c:axId val="111"/><c:axId val="222"/></c:barChart>` +
		nameAxis(1050) + `<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="none"/><c:crossAx val="111"/><c:crosses val="autoZero"/></c:valAx>`)
}

const outline = `<a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>`

// nameAxis is the axis of the names, the first on top, in letters of a size in hundredths of a point.
func nameAxis(size int) string {
	return `<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>` +
		chartText(size) + `<c:crossAx val="222"/><c:crosses val="autoZero"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>`
}

func showing(value bool) string {
	shown := "0"
	if value {
		shown = "1"
	}
	return `<c:showLegendKey val="0"/><c:showVal val="` + shown +
		`"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>`
}

// seriesHead begins a series; its name stands in the workbook's first row, in the column after the names and those of
// the series before.
func (x *Markup) seriesHead(i int, name string) {
	x.Add(`<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:strRef><c:f>Sheet1!$%s$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>`, i, i, ColumnName(i+2), name)
}

// seriesData ends a series with the names and its numbers, which stand in a column of the workbook.
func (x *Markup) seriesData(c Chart, column int, number func(i int) (string, bool)) {
	at, last := ColumnName(column), len(c.Names)+1
	x.Add(`<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$%d</c:f><c:strCache><c:ptCount val="%d"/>`, last, len(c.Names))
	for k, name := range c.Names {
		x.Add(`<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, name)
	}
	x.Add(`</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!$%s$2:$%s$%d</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="%d"/>`, at, at, last, len(c.Names))
	for k := range c.Names {
		if n, ok := number(k); ok {
			x.Add(`<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, n)
		}
	}
	x.WriteString("</c:numCache></c:numRef></c:val></c:ser>\n")
}

// textProperties returns the text properties of a chart, for a size in hundredths of a point.
func textProperties(size int, bold bool) string {
	weight := "0"
	if bold {
		weight = "1"
	}
	return `<a:defRPr sz="` + strconv.Itoa(size) + `" b="` + weight +
		`"><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:latin typeface="仿宋_GB2312"/><a:ea typeface="仿宋_GB2312"/></a:defRPr>`
}

func chartText(size int) string {
	return `<c:txPr><a:bodyPr/><a:p><a:pPr>` + textProperties(size, false) +
		`</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`
}
