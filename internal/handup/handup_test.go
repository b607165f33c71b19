package handup

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

var testKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))

// sample is a package of two months: a count with an approximate entry, and readings of two units.
func sample() Package {
	count := Indicator{Code: "trained", Name: "培训人数", Kind: kpi.Flow, Measure: "人"}
	users := Indicator{Code: "users", Name: "用户", Kind: kpi.Running, Measure: "户"}
	whole := func(n int64) Number { return Number(kpi.Whole(n)) }
	return Package{Format: PackageFormat, Office: Office{ID: "b", Name: "某县某局"}, Year: 2026, First: 2, Last: 3,
		To:   To{Office: Office{ID: "a", Name: "某市某局"}, Unit: Unit{Code: "c1", Name: "某县"}, Dictionary: "d"},
		AsOf: "2026-04-02", Version: 1, Figures: []Figure{
			{Indicator: count, Own: Own{Code: "px", Name: "培训", Measure: "人"},
				Months: []Month{{3, []Line{{Dated: "2026-03-09", Amount: whole(120)},
					{Dated: "2026-03-20", Amount: whole(200), Precision: kpi.AtLeast, Wording: "200余"}}}},
				Entries: []Entry{
					{ID: 4, Indicator: "px", Measure: "人", Unit: "t1", Dated: "2026-03-02", Amount: whole(50)},
					{ID: 5, Indicator: "px", Measure: "人", Unit: "t2", Dated: "2026-03-09", Amount: whole(70), Evidence: 2},
					{ID: 6, Indicator: "px", Measure: "人", Unit: "t2", Dated: "2026-03-20", Amount: whole(200),
						Precision: kpi.AtLeast, Wording: "200余"}}},
			{Indicator: users, Own: Own{Code: "users", Name: "用户", Measure: "户"},
				Months: []Month{{2, []Line{{Dated: "2026-02-10", Amount: whole(30)}}},
					{3, []Line{{Dated: "2026-03-10", Amount: whole(45)}}}},
				Entries: []Entry{
					{ID: 1, Indicator: "users", Measure: "户", Unit: "t1", Dated: "2026-01-10", Amount: whole(10)},
					{ID: 2, Indicator: "users", Measure: "户", Unit: "t2", Dated: "2026-02-10", Amount: whole(20)},
					{ID: 3, Indicator: "users", Measure: "户", Unit: "t2", Dated: "2026-03-10", Amount: whole(35)}}},
		}}
}

func sealed(t *testing.T, p Package) Sealed {
	t.Helper()
	s, err := Seal(p, testKey)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func wantKey(t *testing.T, what string, err error, key string) {
	t.Helper()
	var e *kpi.Error
	if !errors.As(err, &e) || e.Text.Key != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

func TestAPackageComesBackAsItWasSealed(t *testing.T) {
	s := sealed(t, sample())
	got, err := Open(s.File)
	if err != nil || got.SHA256 != s.SHA256 || got.Key != PublicKey(testKey) {
		t.Fatalf("%v %s %s", err, got.SHA256, got.Key)
	}
	if again := sealed(t, got.Package); !bytes.Equal(again.File, s.File) {
		t.Error("the same package has other bytes")
	}
	if kept, ok := Kept(s.File, s.SHA256); !ok || !reflect.DeepEqual(kept, got.Package) {
		t.Errorf("kept: %t %+v", ok, kept)
	}
	if _, ok := Kept(s.File, strings.Repeat("0", 64)); ok {
		t.Error("another package is taken for the one that was kept")
	}
	if f, _ := got.Package.Figure("trained"); len(f.Lines(3)) != 2 || f.Lines(2) != nil {
		t.Errorf("%+v", f)
	}
}

// parts are the files in a package.
func parts(t *testing.T, file []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func repacked(t *testing.T, parts map[string][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range []string{contentName, signatureName} {
		if parts[name] == nil {
			continue
		}
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(parts[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Whatever is changed in a package on its way is noticed, each in its own sentence.
func TestWhatWasTamperedWithIsNotRead(t *testing.T) {
	whole := sealed(t, sample()).File
	replaced := func(name, old, new string) func(map[string][]byte) {
		return func(p map[string][]byte) {
			if !bytes.Contains(p[name], []byte(old)) {
				t.Fatalf("%s holds no %s", name, old)
			}
			p[name] = bytes.Replace(p[name], []byte(old), []byte(new), 1)
		}
	}
	rehashed := func(change func(map[string][]byte)) func(map[string][]byte) {
		return func(p map[string][]byte) {
			was := sha256.Sum256(p[contentName])
			change(p)
			is := sha256.Sum256(p[contentName])
			replaced(signatureName, hex.EncodeToString(was[:]), hex.EncodeToString(is[:]))(p)
		}
	}
	other := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, ed25519.SeedSize))
	cases := map[string]struct {
		change func(map[string][]byte)
		key    string
	}{
		"an amount":               {replaced(contentName, `"120"`, `"131"`), "package_altered"},
		"a space":                 {replaced(contentName, `{`, `{ `), "package_altered"},
		"the version":             {replaced(contentName, `"version": 1`, `"version": 9`), "package_altered"},
		"an amount and the hash":  {rehashed(replaced(contentName, `"120"`, `"131"`)), "package_signature"},
		"the version and hash":    {rehashed(replaced(contentName, `"version": 1`, `"version": 9`)), "package_signature"},
		"the hash":                {replaced(signatureName, `"sha256": "`, `"sha256": "0`), "package_altered"},
		"another's key":           {replaced(signatureName, PublicKey(testKey), PublicKey(other)), "package_signature"},
		"no key":                  {replaced(signatureName, PublicKey(testKey), ""), "package_signature"},
		"no signature":            {func(p map[string][]byte) { delete(p, signatureName) }, "package_unreadable"},
		"no content":              {func(p map[string][]byte) { delete(p, contentName) }, "package_unreadable"},
		"a later form":            {replaced(signatureName, "signature-1", "signature-2"), "package_unreadable"},
		"a signature of a digit":  {replaced(signatureName, `"signature": "`, `"signature": "AA`), "package_signature"},
		"signature of other text": {func(p map[string][]byte) { resign(t, p, other, "") }, "package_signature"},
	}
	for name, c := range cases {
		p := parts(t, whole)
		c.change(p)
		_, err := Open(repacked(t, p))
		wantKey(t, name, err, c.key)
	}
	for _, cut := range []int{0, 1, len(whole) / 2, len(whole) - 1} {
		_, err := Open(whole[:cut])
		wantKey(t, "cut off", err, "package_unreadable")
	}
	unnoticed := 0
	for i := range whole { // each byte of the file
		bent := bytes.Clone(whole)
		bent[i] ^= 1
		if s, err := Open(bent); err == nil {
			if got := sealed(t, s.Package); got.SHA256 != sealed(t, sample()).SHA256 {
				t.Errorf("byte %d changes the content unnoticed", i)
			}
			unnoticed++
		}
	}
	if unnoticed == len(whole) {
		t.Error("nothing was noticed")
	}
}

// resign signs another text than the content with a key, and leaves the named one.
func resign(t *testing.T, p map[string][]byte, key ed25519.PrivateKey, text string) {
	t.Helper()
	var s signature
	if err := json.Unmarshal(p[signatureName], &s); err != nil {
		t.Fatal(err)
	}
	s.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(key, []byte(text)))
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	p[signatureName] = raw
}

const adding, malformed = "package_not_adding", "package_malformed"

// A package that its own office signed is not taken if its figures do not follow from its entries.
func TestFiguresThatTheirEntriesDoNotMakeAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Package)
		key    string
	}{
		"more than its entries": {func(p *Package) { p.Figures[0].Months[0].Lines[0].Amount += 1 }, adding},
		"an entry left out":     {func(p *Package) { p.Figures[0].Entries = p.Figures[0].Entries[1:] }, adding},
		"an entry twice": {func(p *Package) {
			e := p.Figures[0].Entries[0]
			e.ID = 9
			p.Figures[0].Entries = append(p.Figures[0].Entries, e)
		}, adding},
		"approximate said exactly": {func(p *Package) {
			p.Figures[0].Months[0].Lines[1].Precision, p.Figures[0].Months[0].Lines[1].Wording = "", ""
		}, adding},
		"a line's other wording":    {func(p *Package) { p.Figures[0].Months[0].Lines[1].Wording = "900余" }, malformed},
		"an entry's other wording":  {func(p *Package) { p.Figures[0].Entries[2].Wording = "900余" }, malformed},
		"a wording less exact":      {func(p *Package) { p.Figures[0].Entries[0].Wording = "50余" }, malformed},
		"a wording of no number":    {func(p *Package) { p.Figures[0].Entries[0].Wording = "若干" }, malformed},
		"another measure's":         {func(p *Package) { p.Figures[0].Entries[0].Wording = "50户" }, malformed},
		"a version above all":       {func(p *Package) { p.Version = maxVersion + 1 }, malformed},
		"a month without its line":  {func(p *Package) { p.Figures[0].Months = nil }, adding},
		"a line without entries":    {func(p *Package) { p.Figures[0].Entries = nil }, adding},
		"a reading of one unit":     {func(p *Package) { p.Figures[1].Months[1].Lines[0].Amount -= 1 }, adding},
		"a reading left out":        {func(p *Package) { p.Figures[1].Months = p.Figures[1].Months[:1] }, adding},
		"another month's line":      {func(p *Package) { p.Figures[0].Months[0].Lines[0].Dated = "2026-02-09" }, malformed},
		"an entry of next month":    {func(p *Package) { p.Figures[0].Entries[0].Dated = "2026-04-01" }, malformed},
		"made before its month":     {func(p *Package) { p.AsOf = "2026-02-28" }, malformed},
		"a day that is none":        {func(p *Package) { p.Figures[0].Entries[0].Dated = "2026-03-32" }, malformed},
		"less than nothing":         {func(p *Package) { p.Figures[0].Entries[0].Amount = -1 }, malformed},
		"an indicator twice":        {func(p *Package) { p.Figures[1].Code = "trained" }, malformed},
		"a computed figure":         {func(p *Package) { p.Figures[0].SumOf = []string{"users"} }, malformed},
		"an entry's number twice":   {func(p *Package) { p.Figures[0].Entries[1].ID = 4 }, malformed},
		"months the wrong way":      {func(p *Package) { p.First = 4 }, malformed},
		"another kind":              {func(p *Package) { p.Figures[0].Kind = kpi.Running }, malformed},
		"converted the wrong way":   {func(p *Package) { p.Figures[0].Entries[0].Measure = "万人" }, adding},
		"what does not convert":     {func(p *Package) { p.Figures[0].Entries[0].Measure = "人次" }, malformed},
		"a precision that is none":  {func(p *Package) { p.Figures[0].Entries[2].Precision = "some" }, malformed},
		"a judgement with a number": {func(p *Package) { p.Figures[0].Entries[0].Level = kpi.LevelMet }, malformed},
	} {
		p := sample()
		c.change(&p)
		_, err := Open(sealed(t, p).File)
		wantKey(t, name, err, c.key)
	}
}

// An amount that is not said is no 0.
func TestAnAmountThatIsNotSaidIsRefused(t *testing.T) {
	for name, amount := range map[string]string{"null": `"amount": null`, "missing": `"more": "1"`} {
		for _, what := range []string{"120", "50", "10"} { // of a line, of an entry that adds up, of a reading
			content, err := json.Marshal(sample())
			if err != nil {
				t.Fatal(err)
			}
			was := []byte(`"amount":"` + what + `"`)
			if !bytes.Contains(content, was) {
				t.Fatalf("no %s", was)
			}
			content = bytes.Replace(content, was, []byte(amount), 1)
			sum := sha256.Sum256(content)
			by := signature{signatureFormat, hex.EncodeToString(sum[:]), PublicKey(testKey), ""}
			by.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(testKey, signedText(by.SHA256)))
			signed, err := json.Marshal(by)
			if err != nil {
				t.Fatal(err)
			}
			_, err = Open(repacked(t, map[string][]byte{contentName: content, signatureName: signed}))
			wantKey(t, name+" "+what, err, "package_unreadable")
		}
	}
}

// A file that is made to be heavy is not inflated: its signature is small, and nothing else is in it.
func TestAHeavyFileIsNotInflated(t *testing.T) {
	for _, name := range []string{signatureName, "other"} {
		p := parts(t, sealed(t, sample()).File)
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for _, f := range []struct {
			name    string
			content []byte
		}{{contentName, p[contentName]}, {name, bytes.Repeat([]byte(" "), maxSignature+1)}} {
			w, err := z.Create(f.name)
			if err == nil {
				_, err = w.Write(f.content)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		r, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil {
			t.Fatal(err)
		}
		if raw, err := inflate(r.File[1], maxSignature); err == nil {
			t.Errorf("%s: %d bytes", name, len(raw))
		}
		_, err = Open(out.Bytes())
		wantKey(t, name, err, "package_unreadable")
	}
}

// A wording that does not say the amount, as old records may have it, is not handed up; the amount is.
func TestAWordingThatDoesNotReadIsNotHandedUp(t *testing.T) {
	e := Entry{ID: 1, Indicator: "px", Measure: "人", Dated: "2026-03-02", Amount: Number(kpi.Whole(50)),
		Precision: kpi.About, Wording: "50"}
	f := NewFigure(sample().Figures[0].Indicator, kpi.Indicator{Code: "px", Measure: "人"}, kpi.Series{}, []Entry{e}, 1, 3)
	if len(f.Entries) != 1 || f.Entries[0].Wording != "" || f.Entries[0].Amount != e.Amount {
		t.Errorf("%+v", f.Entries)
	}
}

func TestDifferencesAreToldFigureByFigure(t *testing.T) {
	was, is := sample(), sample()
	is.Version, is.AsOf = 2, "2026-04-20"
	is.Figures[0].Months[0].Lines[0].Amount = Number(kpi.Whole(131))
	is.Figures[1].Months = is.Figures[1].Months[:1]
	found := Changes(was.Statement(), is)
	if len(found) != 2 {
		t.Fatalf("%+v", found)
	}
	if by, ok := found[0].Difference(); !ok || by != kpi.Whole(11) || found[0].Before.Quantity.Amount != kpi.Whole(320) ||
		found[0].After.Quantity.Precision != kpi.AtLeast || found[0].Was.Version != 1 || found[0].Is.AsOf != "2026-04-20" {
		t.Errorf("%+v", found[0])
	}
	if _, ok := found[1].Difference(); ok || found[1].After.Ok || !found[1].Before.Ok || found[1].Month != 3 {
		t.Errorf("a reading that is gone: %+v", found[1])
	}
	is = sample()
	is.Figures[0].Months[0].Lines[0].Dated = "2026-03-08"
	if found = Changes(was.Statement(), is); len(found) != 1 || !found[0].DateOnly {
		t.Errorf("only the day: %+v", found)
	}
	is.Figures = is.Figures[1:] // what is not handed up says nothing
	if found = Changes(was.Statement(), is); len(found) != 0 {
		t.Errorf("%+v", found)
	}
}

// What does not fit is refused in one sentence, what converts exactly is not.
func TestWhatMayBeMapped(t *testing.T) {
	rate := func(units kpi.UnitsRule) kpi.Indicator {
		return kpi.Indicator{Kind: kpi.Running, Measure: "%", Decimals: 1, Units: units}
	}
	of := func(i kpi.Indicator) Indicator {
		return Indicator{Kind: i.Kind, Measure: i.Measure, Decimals: i.Decimals, Units: i.Units}
	}
	counted := func(m kpi.Measure) kpi.Indicator { return kpi.Indicator{Kind: kpi.Flow, Measure: m} }
	households := func(units kpi.UnitsRule) kpi.Indicator {
		return kpi.Indicator{Kind: kpi.Running, Measure: "户", Units: units}
	}
	count := counted("人")
	money := func(m kpi.Measure) kpi.Indicator { return kpi.Indicator{Kind: kpi.Money, Measure: m, Decimals: 2} }
	for name, c := range map[string]struct {
		above Indicator
		own   kpi.Indicator
		key   string
	}{
		"alike":             {of(count), count, ""},
		"thousands":         {of(count), kpi.Indicator{Kind: kpi.Flow, Measure: "千人"}, ""},
		"heads and times":   {of(count), kpi.Indicator{Kind: kpi.Flow, Measure: "人次"}, "handup_measure"},
		"too fine":          {of(kpi.Indicator{Kind: kpi.Flow, Measure: "千人"}), count, "handup_decimals"},
		"another kind":      {of(count), kpi.Indicator{Kind: kpi.Running, Measure: "人"}, "handup_kind"},
		"a ratio":           {of(count), kpi.Indicator{Kind: kpi.Ratio, Measure: "%"}, "handup_own_ratio"},
		"a computed one":    {Indicator{Kind: kpi.Flow, Measure: "人", SumOf: []string{"a"}}, count, "handup_computed"},
		"元 as 万元":           {of(money(kpi.TenThousandY)), money(kpi.Yuan), ""},
		"万元 as 元":           {of(money(kpi.Yuan)), money(kpi.TenThousandY), ""},
		"highest":           {of(rate(kpi.Highest)), rate(kpi.Highest), ""},
		"highest as lowest": {of(rate(kpi.Lowest)), rate(kpi.Highest), "handup_units"},
		"own as a mean":     {of(rate(kpi.MeanOf)), rate(kpi.OwnValue), ""},
		"a mean":            {of(rate(kpi.MeanOf)), rate(kpi.MeanOf), "handup_mean"},
		"a sum as highest":  {of(households(kpi.Highest)), households(kpi.AddUnits), "handup_units"},
		"judgements":        {of(kpi.Indicator{Kind: kpi.Level}), kpi.Indicator{Kind: kpi.Level, Measure: "项"}, ""},
		"minutes as hours":  {of(counted("小时")), counted("分钟"), "handup_decimals"},
		"another currency":  {of(money(kpi.Yuan)), kpi.Indicator{Kind: kpi.Money, Measure: "美元"}, "handup_measure"},
	} {
		err := c.above.Fits(c.own)
		if c.key == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		wantKey(t, name, err, c.key)
	}
}

func TestADictionaryIsNamedByItsContent(t *testing.T) {
	d := NewDictionary(Dictionary{Office: Office{ID: "a", Name: "某市某局"}, Year: 2026,
		Indicators: []Indicator{{Code: "trained", Name: "培训", Kind: kpi.Flow, Measure: "人"}},
		Units:      []Unit{{Code: "c1", Name: "某县"}}})
	raw, err := d.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ReadDictionary(raw); err != nil || got.ID != d.ID || len(got.Indicators) != 1 {
		t.Errorf("%v %+v", err, got)
	}
	_, err = ReadDictionary([]byte(strings.Replace(string(raw), "人", "人次", 1)))
	wantKey(t, "a changed measure", err, "dictionary_altered")
	for _, bad := range []string{"", "{}", "[1]", "PK"} {
		_, err := ReadDictionary([]byte(bad))
		wantKey(t, bad, err, "dictionary_unreadable")
	}
}

func FuzzOpen(f *testing.F) {
	s, err := Seal(sample(), testKey)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(s.File)
	f.Add([]byte("PK"))
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := Open(file)
		var e *kpi.Error
		if err != nil && !errors.As(err, &e) {
			t.Errorf("a fault: %v", err)
		}
		if err == nil && got.Package.Check() != nil {
			t.Error("what was opened does not hold")
		}
	})
}
