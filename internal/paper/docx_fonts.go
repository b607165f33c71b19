package paper

import "dabiao/internal/lang"

// fonts are the typefaces of the standard. They are named in the file and never shipped. English
// documents use them for Chinese names and common typefaces for Latin letters.
type fonts struct{ title, body, hei, kai, song string }

func fontsOf(t lang.Tag) fonts {
	if t == lang.English {
		return fonts{
			title: face("Times New Roman", "方正小标宋简体"),
			body:  face("Times New Roman", "仿宋_GB2312"),
			hei:   face("Arial", "黑体"),
			kai:   face("Times New Roman", "楷体_GB2312"),
			song:  face("Times New Roman", "宋体"),
		}
	}
	return fonts{
		title: face("方正小标宋简体", "方正小标宋简体"),
		body:  face("仿宋_GB2312", "仿宋_GB2312"),
		hei:   face("黑体", "黑体"),
		kai:   face("楷体_GB2312", "楷体_GB2312"),
		song:  face("宋体", "宋体"),
	}
}

func face(latin, chinese string) string {
	return `<w:rFonts w:ascii="` + latin + `" w:hAnsi="` + latin + `" w:eastAsia="` + chinese + `" w:cs="` + latin + `"/>`
}

// fontTable lists substitutes for typefaces that a computer may lack.
const fontTable = XMLHead + `<w:fonts xmlns:w="` + wordSpace + `">
<w:font w:name="方正小标宋简体"><w:altName w:val="华文中宋,STZhongsong,宋体"/><w:charset w:val="86"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>
<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong,华文仿宋,STFangsong"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>
<w:font w:name="楷体_GB2312"><w:altName w:val="楷体,KaiTi,华文楷体,STKaiti"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>
<w:font w:name="黑体"><w:altName w:val="SimHei"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>
<w:font w:name="宋体"><w:altName w:val="SimSun"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>
<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>
<w:font w:name="Arial"><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>
</w:fonts>`
