package intake

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// Spell returns the pronunciation of a name, for searching by typing: all syllables, and the first letter of each.
func Spell(name string) (full, initials string) {
	args := pinyin.NewArgs()
	var syllables, firsts strings.Builder
	for _, r := range name {
		switch sounds := pinyin.SinglePinyin(r, args); {
		case len(sounds) > 0 && sounds[0] != "":
			syllables.WriteString(sounds[0])
			firsts.WriteByte(sounds[0][0])
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			syllables.WriteRune(unicode.ToLower(r))
			firsts.WriteRune(unicode.ToLower(r))
		}
	}
	return syllables.String(), firsts.String()
}

// SoundAlike reports whether two words are written differently and sound the same: 厅 and 听.
func SoundAlike(a, b string) bool {
	spoken, _ := Spell(a)
	other, _ := Spell(b)
	return a != b && spoken != "" && spoken == other
}
