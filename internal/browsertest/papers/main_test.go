// Package papers tells stories of the year-end papers: the report, its tables, projects, signing, templates.
package papers

import (
	"testing"

	"dabiao/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }
