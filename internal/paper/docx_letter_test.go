package paper

import "testing"

// The sender's name stands over the middle of the date, four characters in, as a seal wants it.
func TestASenderStandsOverTheDate(t *testing.T) {
	for from, want := range map[string]int{"某县妇女联合会": 400, "县妇联": 600, "某某壮族自治州某某县妇女联合会机关服务中心": 0} {
		if got := signing(from, "2026年11月25日"); got != want {
			t.Errorf("%s: %d, want %d", from, got, want)
		}
	}
}
