package middleware

import (
	"bytes"
	"fmt"
	"testing"
)

func TestSharedAnswersStayWithinTheirLimit(t *testing.T) {
	s := newAnswerCache(20_000)
	for i := range 100 {
		f := flight{fmt.Sprint(i % 40), int64(i)}
		if _, mine := s.find(t.Context(), f); !mine {
			t.Fatal("kept under another stamp")
		}
		a, err := newSharedAnswer(bytes.Repeat([]byte("x"), 1000), "text/html", "en")
		if err != nil {
			t.Fatal(err)
		}
		s.put(f, a)
		if got, mine := s.find(t.Context(), f); got != a || mine {
			t.Fatal("not kept")
		}
	}
	if s.room < 0 || s.room > 10_000 || len(s.byKey) != s.used.Len() || len(s.going) != 0 {
		t.Errorf("room %d, %d keys, %d used, %d going", s.room, len(s.byKey), s.used.Len(), len(s.going))
	}
}
