package store

import "testing"

// A code of the log that is read is the code that is written, however it was typed.
func FuzzHead(f *testing.F) {
	for _, seed := range []string{"", "12-abcdef", "12 abc def", "１２－abcdef", "https://a/log/12-abcdef",
		"9223372036854775808-a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		head, err := ParseHead(typed)
		if err != nil {
			return
		}
		again, err := ParseHead(head.String())
		if err != nil || again != head {
			t.Errorf("%q is read as %+v, which is written %q and read as %+v, %v", typed, head, head, again, err)
		}
	})
}
