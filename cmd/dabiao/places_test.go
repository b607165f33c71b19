package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/depot/s3test"
)

// An office makes a key, sends an encrypted backup to S3, and has it back with what is printed on the page.
func TestABackupGoesToStorageAndComesBack(t *testing.T) {
	dir, out := demoFolder(t), t.TempDir()
	s := s3test.Start(t)
	page := filepath.Join(out, "key.html")
	said := dabiao(t, "", "backup-key", page).works("print it twice").out
	dabiao(t, "", "backup-key", page).fails(1, "may hold a key")
	recipient := regexp.MustCompile(`--backup-recipient (age1\w+)`).FindStringSubmatch(said)[1]
	printed, err := os.ReadFile(page)
	must(t, err)
	for _, want := range []string{recipient, "备份密钥", "Key of the backups", "<svg", "dabiao restore"} {
		if !strings.Contains(string(printed), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	key := regexp.MustCompile(`AGE-SECRET-KEY-1( \w{1,4}){15}`).FindString(string(printed))
	if key == "" || strings.Contains(said, strings.ReplaceAll(key, " ", "")) {
		t.Fatalf("the key is %q; it said %q", key, said)
	}
	if info, err := os.Stat(page); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the page: %v, %v", info.Mode(), err)
	}

	t.Setenv("DABIAO_S3_ENDPOINT", s.Endpoint)
	t.Setenv("DABIAO_S3_ACCESS_KEY", s.Access)
	t.Setenv("DABIAO_S3_SECRET", string(s.Secret))
	data, place := "--data="+dir, "s3://"+s3test.Bucket+"/dabiao/monday.zip.age"
	dabiao(t, "", "backup", place, data).fails(2, "dabiao backup-key")
	dabiao(t, "", "backup", place, data, "--backup-recipient", recipient).works("10 evidence files")
	dabiao(t, "", "backup", place, data, "--backup-recipient", recipient).fails(1, "exists already")
	dabiao(t, key+"\n", "restore", place, "--data", filepath.Join(out, "back")).works("verified, 0 differences")
	file := filepath.Join(out, "key")
	must(t, os.WriteFile(file, []byte(key), 0o600))
	dabiao(t, "", "drill", "--backup", place, "--backup-key", file, data).works("restored and compared, 0 differences")
	dabiao(t, "", "drill", "--backup", place, data).fails(1, "the audit log has no checksum of it")

	dabiao(t, "", "restore", place, "--data", filepath.Join(out, "none")).fails(1, "name its file with --backup-key")
	dabiao(t, "nonsense\n", "restore", place, "--data", filepath.Join(out, "none")).fails(1, "This is no key of backups")
	dabiao(t, "", "backup-key", filepath.Join(out, "other.html")).works("")
	other, err := os.ReadFile(filepath.Join(out, "other.html"))
	must(t, err)
	wrong := regexp.MustCompile(`AGE-SECRET-KEY-1( \w{1,4}){15}`).FindString(string(other))
	dabiao(t, wrong, "restore", place, "--data", filepath.Join(out, "none")).fails(1, "encrypted for another one")
	must(t, os.Truncate(s.Object("dabiao/monday.zip.age"), 100_000))
	dabiao(t, key, "restore", place, "--data", filepath.Join(out, "none")).fails(1, "cut off or altered")
	for _, gone := range []string{"none", "none.partial"} {
		if _, err := os.Stat(filepath.Join(out, gone)); err == nil {
			t.Errorf("%s was made", gone)
		}
	}
	if left, err := filepath.Glob(filepath.Join(out, "restore-*")); err != nil || len(left) > 0 {
		t.Errorf("%v stays", left)
	}

	locked := filepath.Join(out, "usb.zip.age")
	dabiao(t, "", "backup", locked, data).fails(2, "would not be encrypted")
	dabiao(t, "", "backup", place+".age", data, "--backup-plain").fails(2, "would not be encrypted")
	dabiao(t, "", "backup", locked, data, "--backup-recipient", recipient).works("encrypted for " + recipient)
	dabiao(t, key, "restore", locked, "--data", filepath.Join(out, "usb")).works("these are the records of 武冈市妇女联合会")
	by := filepath.Join(out, "by page")
	dabiao(t, "", "restore", locked, "--data", by, "--backup-key", page).works("verified, 0 differences")
	t.Setenv("DABIAO_S3_SECRET", "another")
	dabiao(t, key, "restore", place, "--data", filepath.Join(out, "none")).fails(1, "the storage refuses the key")
	t.Setenv("DABIAO_S3_SECRET", "")
	dabiao(t, key, "restore", place, "--data", filepath.Join(out, "none")).fails(2, "DABIAO_S3_SECRET")
}

// Evidence goes to a bucket and comes back; who looks elsewhere is told where it is.
func TestEvidenceGoesToABucket(t *testing.T) {
	dir, out := demoFolder(t), t.TempDir()
	s := s3test.Start(t)
	t.Setenv("DABIAO_S3_ENDPOINT", s.Endpoint)
	t.Setenv("DABIAO_S3_ACCESS_KEY", s.Access)
	t.Setenv("DABIAO_S3_SECRET", string(s.Secret))
	data, bucket, archive := "--data="+dir, "s3://"+s3test.Bucket+"/e", filepath.Join(out, "b.zip")
	inBucket := "--evidence=" + bucket

	dabiao(t, "", "verify", data, "--evidence=elsewhere").fails(2, "write folder, s3://BUCKET/PREFIX or database")
	dabiao(t, "", "verify", data, "--evidence=database").fails(2, "only with PostgreSQL")
	dabiao(t, "", "verify", data, inBucket).fails(1, "--evidence folder")
	dabiao(t, "", "move", "--from", dir, "--to-evidence", bucket, "--remove-moved").works("10 files are in " + bucket)
	if left, err := filepath.Glob(filepath.Join(dir, "evidence", "??", "*")); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
	dabiao(t, "", "verify", data).fails(1, "--evidence "+bucket)
	dabiao(t, "", "verify", data, inBucket).works("0 differences")
	dabiao(t, "", "backup", archive, data, inBucket).works("10 evidence files")
	dabiao(t, "", "drill", "--backup", archive, data, inBucket).works("0 differences")
	dabiao(t, "", "restore", archive, "--data", filepath.Join(out, "one")).works("0 differences")
	dabiao(t, "", "restore", archive, "--data", filepath.Join(out, "two"), "--evidence",
		bucket+"/two").works("10 files are in")
	dabiao(t, "", "verify", "--data", filepath.Join(out, "two"), "--evidence", bucket+"/two").works("0 differences")
	dabiao(t, "", "move", "--from", dir, inBucket, "--to-evidence", "folder").works("--remove-moved removes them")
	dabiao(t, "", "verify", data).works("0 differences")
}
