package intake

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"dabiao/internal/kpi"
)

func FuzzNumber(f *testing.F) {
	for _, c := range written {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := Number(s)
		if keyOf(t, err) != "" {
			return
		}
		again, err := Number(a.String())
		if err != nil || again != a {
			t.Errorf("%q: %s, read again %s, %v", s, a, again, err)
		}
	})
}

func FuzzQuantity(f *testing.F) {
	for _, c := range written {
		f.Add(c.in, string(c.measure))
	}
	f.Fuzz(func(t *testing.T, s, measure string) {
		q, err := Quantity(s, kpi.Measure(measure))
		if keyOf(t, err) != "" {
			return
		}
		again, err := Quantity(q.Amount.String(), kpi.Measure(measure))
		if err != nil || again.Amount != q.Amount || again.Precision != kpi.Exact {
			t.Errorf("%q as %q: %s, read again %s, %v", s, measure, q.Amount, again.Amount, err)
		}
		if !q.Precision.Known() || q.Wording != strings.TrimSpace(narrowDigits(visible(unescape(s)))) ||
			max(q.Amount, -q.Amount) > kpi.MaxAmount {
			t.Errorf("%q as %q: %+v", s, measure, q)
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2026-06-30", "2026/6/30", "2026年6月30日", "二〇二六年六月三十日", "20260630", "2022-02-30", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Date(s)
		if keyOf(t, err) != "" {
			return
		}
		if again, err := Date(string(d)); err != nil || again != d {
			t.Errorf("%q: %s, read again %s, %v", s, d, again, err)
		}
	})
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"培训", " a\r\nb ", "e\u0301", "a\u202eb", "\x00", " \u0301"} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		kept, err := Text(s, limit)
		if keyOf(t, err) != "" {
			return
		}
		again, err := Text(kept, limit)
		if err != nil || again != kept || !norm.NFC.IsNormalString(kept) || utf8.RuneCountInString(kept) > limit {
			t.Errorf("%q: %q, read again %q, %v", s, kept, again, err)
		}
	})
}
