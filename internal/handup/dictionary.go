package handup

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"dabiao/internal/kpi"
)

// DictionaryFormat names the form of a dictionary's file.
const DictionaryFormat = "dabiao-dictionary-1"

// idLength is how many hexadecimal digits name an office or a dictionary.
const idLength = 16

// Office is an office as files name it. ID follows from the first entry of its audit log, which never changes.
type Office struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	NameEn string `json:"name_en,omitempty"`
}

// Names returns the office's names as an argument of a Text.
func (o Office) Names() kpi.Name { return kpi.Name{Name: o.Name, NameEn: o.NameEn} }

// Dictionary is what an office above gives out: the indicators that it adds up in a year, and which offices hand up.
type Dictionary struct {
	Format     string      `json:"format"`
	ID         string      `json:"id"` // follows from office, year and indicators
	Office     Office      `json:"office"`
	Year       kpi.Year    `json:"year"`
	Indicators []Indicator `json:"indicators"`
	Units      []Unit      `json:"units"` // those that hand up
}

// Unit is an office that hands up, as a unit of the office above.
type Unit struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEn string `json:"name_en,omitempty"`
}

// Names returns the unit's names as an argument of a Text.
func (u Unit) Names() kpi.Name { return kpi.Name{Name: u.Name, NameEn: u.NameEn} }

// Indicator is an indicator of the dictionary. Those that are computed from others are handed up as these.
type Indicator struct {
	Code        string        `json:"code"`
	Name        string        `json:"name"`
	NameEn      string        `json:"name_en,omitempty"`
	Kind        kpi.Kind      `json:"kind"`
	Measure     kpi.Measure   `json:"measure"`
	Decimals    int           `json:"decimals"`
	Units       kpi.UnitsRule `json:"units_rule,omitempty"`
	Factor      int64         `json:"factor,omitempty"`
	Numerator   string        `json:"numerator,omitempty"` // codes
	Denominator string        `json:"denominator,omitempty"`
	SumOf       []string      `json:"sum_of,omitempty"`
	Definition  string        `json:"definition,omitempty"`
}

// Names returns the indicator's names as an argument of a Text.
func (i Indicator) Names() kpi.Name { return kpi.Name{Name: i.Name, NameEn: i.NameEn} }

// Computed reports whether the figure follows from those of other indicators, which are handed up instead.
func (i Indicator) Computed() bool { return i.Kind == kpi.Ratio || len(i.SumOf) > 0 }

// Rules returns the indicator as the rules of kpi take it.
func (i Indicator) Rules() kpi.Indicator {
	return kpi.Indicator{Code: i.Code, Name: i.Name, NameEn: i.NameEn, Kind: i.Kind, Measure: i.Measure,
		Decimals: i.Decimals, Units: i.Units}
}

// NewDictionary names a dictionary by its content. Its units are no part of that: who belongs to one of them is told
// no other.
func NewDictionary(d Dictionary) Dictionary {
	d.Format, d.ID = DictionaryFormat, ""
	named := d
	named.Units = nil
	d.ID = digest(named)[:idLength]
	return d
}

// OfficeID names an office by the hash of the first entry of its audit log.
func OfficeID(firstHash string) string { return digest("dabiao office\n" + firstHash)[:idLength] }

func digest(content any) string {
	raw, err := json.Marshal(content)
	if err != nil { // strings and numbers only
		panic(err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// Encode writes the dictionary's file, to be read by people as well.
func (d Dictionary) Encode() ([]byte, error) { return json.MarshalIndent(d, "", "  ") }

// ReadDictionary reads a dictionary's file. Refusals: Invalid dictionary_unreadable; dictionary_altered if it is not
// what was given out.
func ReadDictionary(raw []byte) (Dictionary, error) {
	var d Dictionary
	if err := json.Unmarshal(raw, &d); err != nil || d.Format != DictionaryFormat || d.Year == 0 ||
		len(d.Indicators) == 0 || d.Office.ID == "" {
		return d, kpi.Refuse(kpi.Invalid, "dictionary_unreadable")
	}
	if NewDictionary(d).ID != d.ID {
		return d, kpi.Refuse(kpi.Invalid, "dictionary_altered")
	}
	return d, nil
}

// Indicator returns the indicator with a code; ok is false if there is none.
func (d Dictionary) Indicator(code string) (Indicator, bool) {
	i := slices.IndexFunc(d.Indicators, func(i Indicator) bool { return i.Code == code })
	if i < 0 {
		return Indicator{}, false
	}
	return d.Indicators[i], true
}

// Unit returns the unit with a code; ok is false if there is none.
func (d Dictionary) Unit(code string) (Unit, bool) {
	i := slices.IndexFunc(d.Units, func(u Unit) bool { return u.Code == code })
	if i < 0 {
		return Unit{}, false
	}
	return d.Units[i], true
}
