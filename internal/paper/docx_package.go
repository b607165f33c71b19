package paper

import "dabiao/internal/kpi"

const (
	officeTypes = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	officeRels  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

const packageRels = XMLHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="` + officeRels + `officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
<Relationship Id="rId3" Type="` + officeRels + `extended-properties" Target="docProps/app.xml"/>
</Relationships>`

func contentTypes(d Document, main *Markup) string {
	var x Markup
	x.Add(XMLHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` + "\n")
	x.Add(`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` + "\n")
	x.Add(`<Default Extension="xml" ContentType="application/xml"/>` + "\n")
	if len(main.pictures) > 0 {
		x.Add(`<Default Extension="png" ContentType="image/png"/>` + "\n")
	}
	if len(main.drawn) > 0 {
		x.Add(`<Default Extension="xlsx" ContentType="` + SheetMedia + `"/>` + "\n")
	}
	x.Add(`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` + "\n")
	x.Add(`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>` + "\n")
	x.Add(`<Override PartName="/word/document.xml" ContentType="` + officeTypes + `document.main+xml"/>` + "\n")
	for _, part := range wordParts(d) {
		x.Add(`<Override PartName="/word/%s" ContentType="`+officeTypes+`%s+xml"/>`+"\n", part.file, part.kind)
	}
	for i := range main.drawn {
		x.Add(`<Override PartName="/word/charts/chart%d.xml" ContentType="`+chartType+`"/>`+"\n", i+1)
	}
	x.Add(`</Types>`)
	return x.String()
}

func documentRels(d Document, main *Markup) string {
	var x Markup
	x.Add(XMLHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + "\n")
	for _, part := range wordParts(d) {
		x.Add(`<Relationship Id="%s" Type="`+officeRels+`%s" Target="%s"/>`+"\n", part.id, part.kind, part.file)
	}
	for i := range main.drawn {
		x.Add(`<Relationship Id="rIdChart%d" Type="`+officeRels+`chart" Target="charts/chart%d.xml"/>`+"\n", i+1, i+1)
	}
	for i := range main.pictures {
		x.Add(`<Relationship Id="rIdPicture%d" Type="`+officeRels+`image" Target="media/picture%d.png"/>`+"\n", i+1, i+1)
	}
	x.Add(`</Relationships>`)
	return x.String()
}

// wordPart is a file that the main document refers to.
type wordPart struct{ id, kind, file string }

func wordParts(d Document) []wordPart {
	parts := []wordPart{
		{"rId1", "styles", "styles.xml"},
		{"rId2", "settings", "settings.xml"},
		{"rId3", "fontTable", "fontTable.xml"},
		{"rId4", "footer", "footer1.xml"},
		{"rId5", "footer", "footer2.xml"},
	}
	if d.wide() {
		parts = append(parts, wordPart{"rId7", "footer", "footer3.xml"}, wordPart{"rId8", "footer", "footer4.xml"})
	}
	if d.Sample {
		parts = append(parts, wordPart{"rId6", "header", "header1.xml"})
	}
	return parts
}

func coreProperties(d Document) string {
	var x Markup
	x.Add(XMLHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` + "\n")
	x.Add("<dc:title>%s</dc:title>\n<dc:subject>%s</dc:subject>\n<dc:creator>%s</dc:creator>\n",
		d.Title, d.Notice, d.Author)
	x.Add("<dc:language>%s</dc:language>\n", string(d.Language))
	x.Add(`<dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created>`+"\n", moment(d))
	x.Add(`<dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified>`+"\n", moment(d))
	x.Add(`</cp:coreProperties>`)
	return x.String()
}

func appProperties(d Document) string {
	var x Markup
	x.Add(XMLHead+`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Dabiao</Application><Company>%s</Company></Properties>`, d.Author)
	return x.String()
}

// moment returns the file's time of creation: the day on its cover, or the year's end. With the real
// time every export would be a different file.
func moment(d Document) string { return fileDate(d.Date, d.Year) + "T00:00:00Z" }

func fileDate(day kpi.Date, y kpi.Year) string {
	if day == "" {
		day = y.End()
	}
	return string(day)
}
