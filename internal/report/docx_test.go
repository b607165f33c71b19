package report

import (
	"bytes"
	"testing"

	"dabiao/internal/lang"
)

func docx(t *testing.T, in Input) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteDocx(&b, Build(in)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReportIsAValidWordFile(t *testing.T) {
	for _, tag := range lang.Tags {
		in := facts(t, tag)
		valid(t, string(tag)+".docx", docx(t, in))
		in.Board.Year.Sample = true
		valid(t, string(tag)+"-sample.docx", docx(t, in))
	}
}
