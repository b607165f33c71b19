package browsertest

import (
	"testing"

	"dabiao/internal/programtest"
)

// OpenWall creates a wall of the whole office and opens its link in a tab without a sign-in.
func OpenWall(t *testing.T, program *programtest.Program, name string) (p *Page, id int) {
	t.Helper()
	var made struct {
		ID   int
		Path string
	}
	if err := program.Post("admin", "/api/v1/displays", map[string]string{"name": name}, &made); err != nil {
		t.Fatal(err)
	}
	p = Shared(t).Open(t, program)
	p.Size(1920, 1080)
	p.Go(made.Path + "?seconds=2")
	return p, made.ID
}
