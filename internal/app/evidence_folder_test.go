package app

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/blob"
	"dabiao/internal/kpi"
)

// The disk of the evidence is pulled out: who attaches a file is told why, administrators that it is away, and a start
// makes no empty folder in its place; one that is there already, below where the disk belongs, is noticed.
func TestEvidenceOnADiskThatIsAway(t *testing.T) {
	b := newBackedUp(t)
	b.setUp()
	b.attach("a list of names")
	evidence := filepath.Join(b.dir, "evidence")
	begins := func() {
		t.Helper()
		b.files = blob.Existing(evidence)
		b.must(b.BeginEvidence(t.Context()))
	}
	told := func(what string, want ...string) {
		t.Helper()
		got := slices.DeleteFunc(b.warns(), func(key string) bool { return !strings.HasPrefix(key, "state.evidence") })
		if !slices.Equal(got, want) {
			t.Errorf("%s: told %v, want %v", what, got, want)
		}
		if away := b.EvidenceAway(); (away != nil) != (len(want) > 0) {
			t.Errorf("%s: whoever asks whether it is ready is told %v", what, away)
		}
	}
	var picture bytes.Buffer
	b.must(png.Encode(&picture, image.NewGray(image.Rect(0, 0, 1, 1))))
	stages := func(what string, want string) {
		t.Helper()
		s, err := b.StageEvidence(NewEvidence{Name: "a.png", Content: bytes.NewReader(picture.Bytes())})
		if err == nil {
			s.Discard()
		}
		refusal := &kpi.Error{}
		if errors.As(err, &refusal); refusal.Text.Key != want || want == "" && err != nil {
			t.Errorf("%s: who attaches a file is told %v, want %q", what, err, want)
		}
	}
	begins()
	told("all is well")
	b.must(os.Rename(evidence, evidence+" pulled out"))
	told("pulled out", "state.evidence_folder")
	stages("pulled out", "evidence_folder_away")
	begins()
	if !b.files.Away() {
		t.Error("a start made an empty folder of evidence")
	}
	told("begun without it", "state.evidence_folder")
	stages("begun without it", "evidence_folder_away")
	b.must(os.Mkdir(evidence, 0o700))
	told("the folder below it", "state.evidence_folder")
	begins()
	told("begun on the folder below it", "state.evidence_folder")
	b.must(os.Remove(evidence))
	b.must(os.Rename(evidence+" pulled out", evidence))
	told("put in again")
	b.must(os.RemoveAll(filepath.Join(evidence, "staged")))
	stages("what is staged was cleared out", "")
}

// An office without any evidence has its folder made.
func TestAnOfficeWithoutEvidenceGetsItsFolder(t *testing.T) {
	b := newBackedUp(t)
	b.setUp()
	b.files = blob.Existing(filepath.Join(b.dir, "another"))
	b.must(b.BeginEvidence(t.Context()))
	if b.files.Away() || b.EvidenceAway() != nil {
		t.Error("there is no folder of evidence")
	}
}
