package depot_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/depot"
)

func newKey(t *testing.T) (depot.Key, *depot.Recipient) {
	t.Helper()
	k, err := depot.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	r, err := depot.ParseRecipient(k.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	return k, r
}

func locked(t *testing.T, r *depot.Recipient, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := r.Encrypt(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOnlyTheWholeFileAndItsKeyOpenIt(t *testing.T) {
	k, r := newKey(t)
	other, _ := newKey(t)
	plain := noise(200 << 10)
	file := locked(t, r, plain)
	changed := func(i int) []byte {
		out := bytes.Clone(file)
		out[i] ^= 1
		return out
	}
	cases := map[string]struct {
		key  depot.Key
		file []byte
		want string
	}{
		"as it was": {k, file, ""}, "another key": {other, file, "backup_key_other"},
		"something behind": {k, append(bytes.Clone(file), 0), "backup_cut_or_altered"},
	}
	for n := 0; n < len(file); n += 1 + len(file)/40 {
		if n > 22 { // before that it is not known for what it is
			cases[fmt.Sprint("cut at ", n)] = struct {
				key  depot.Key
				file []byte
				want string
			}{k, file[:n], "backup_cut_or_altered"}
		}
		cases[fmt.Sprint("changed at ", n)] = struct {
			key  depot.Key
			file []byte
			want string
		}{k, changed(n), "backup_cut_or_altered"}
	}
	for what, c := range cases {
		var out bytes.Buffer
		err := c.key.Decrypt(&out, bytes.NewReader(c.file))
		if key(err) != c.want || c.want == "" && !bytes.Equal(out.Bytes(), plain) {
			t.Errorf("%s: it says %v", what, err)
		}
	}
}

// A changed byte in the part that says for whom a file is may read as a file for somebody else, and never as the file.
func TestAChangedHeadOpensNothing(t *testing.T) {
	k, r := newKey(t)
	file := locked(t, r, []byte("what is to be kept"))
	for i := range file {
		for _, bit := range []byte{1, 0x20, 0x80} {
			changed := bytes.Clone(file)
			changed[i] ^= bit
			if err := k.Decrypt(&bytes.Buffer{}, bytes.NewReader(changed)); key(err) == "" {
				t.Fatalf("byte %d changed: it says %v", i, err)
			}
		}
	}
}

func TestAKeyIsReadAsItIsPrinted(t *testing.T) {
	k, _ := newKey(t)
	for what, text := range map[string]string{
		"as it is":           k.Text(),
		"in groups":          k.Text()[:20] + " " + k.Text()[20:50] + "\n" + k.Text()[50:],
		"small":              strings.ToLower(k.Text()),
		"a key file of age":  "# created: today\n# public key: " + k.Recipient() + "\n" + k.Text() + "\n",
		"of Notepad":         "\uFEFF" + k.Text() + "\r\n",
		"Unicode of Notepad": "\xff\xfe" + strings.Join(strings.Split(k.Text(), ""), "\x00") + "\x00\r\x00\n\x00",
		"the printed page":   "<h2>备份密钥</h2>\n<p>" + k.Text()[:20] + " " + k.Text()[20:] + "</p><p>" + k.Recipient() + "</p>",
	} {
		if got, err := depot.ParseKey(text); err != nil || got.Text() != k.Text() {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, text := range []string{"", "key", k.Recipient(), k.Text()[:73], k.Text() + "Q",
		strings.Replace(k.Text(), "1", "2", 1)} {
		if _, err := depot.ParseKey(text); key(err) != "backup_key_malformed" || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, shown := range []string{fmt.Sprint(k), fmt.Sprintf("%v %+v %#v", k, k, k),
		fmt.Sprintf("%v %#v", depot.Secret("pass"), depot.S3{Secret: "pass"})} {
		if strings.Contains(shown, k.Text()) || strings.Contains(shown, "pass") {
			t.Errorf("a secret is shown: %s", shown)
		}
	}
}

func TestFetchLeavesNothingWhereItFails(t *testing.T) {
	k, r := newKey(t)
	other, _ := newKey(t)
	from, to := depot.Folder{Dir: t.TempDir()}, filepath.Join(t.TempDir(), "x")
	if err := put(from, "x", locked(t, r, []byte("kept"))); err != nil {
		t.Fatal(err)
	}
	for want, ask := range map[string]func() (depot.Key, error){"backup_key_needed": nil,
		"backup_key_other": func() (depot.Key, error) { return other, nil }} {
		err := depot.Fetch(t.Context(), from, "x", to, ask)
		if _, there := os.Stat(to); key(err) != want || !errors.Is(there, os.ErrNotExist) {
			t.Errorf("it says %v, there is %v", err, there)
		}
	}
	if err := depot.Fetch(t.Context(), from, "x", to, func() (depot.Key, error) { return k, nil }); err != nil {
		t.Error(err)
	}
	if content, err := os.ReadFile(to); string(content) != "kept" {
		t.Errorf("%q, %v", content, err)
	}
}
