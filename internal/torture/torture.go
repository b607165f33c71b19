// Package torture says how long the campaigns of tests are.
package torture

import (
	"os"
	"strconv"
	"testing"
)

// Times returns how often a campaign repeats: few times in `make test`; with DABIAO_TORTURE=n, as `make torture` sets
// it, n times many.
func Times(t testing.TB, few, many int) int {
	t.Helper()
	factor := os.Getenv("DABIAO_TORTURE")
	if factor == "" {
		return few
	}
	n, err := strconv.Atoi(factor)
	if err != nil || n < 1 {
		t.Fatalf("DABIAO_TORTURE=%q is no whole number from 1", factor)
	}
	return n * many
}
