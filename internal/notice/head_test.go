package notice

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

func sampleHead() *app.DailyHead {
	h := app.DailyHead{ID: 9, Dated: "2026-11-25"}
	h.Entries, h.Code, h.Hash, h.At = 812, "ABCD-EFGH-IJKL-MNOP-QRST", "key 0a1b2c3d:ff", kpi.UnixMilli(now.UnixMilli())
	return &h
}

func TestTheEndOfTheLogIsToldWithWhatToDoWithIt(t *testing.T) {
	for tag, want := range map[lang.Tag][]string{
		lang.Chinese: {"达标审计日志校验码（某县某局）：2026年11月25日", "校验码：ABCD-EFGH-IJKL-MNOP-QRST-812",
			"日志共 812 条，最后一条记于 2026-11-25 09:00。", "最后一条的校验值：key 0a1b2c3d:ff",
			"请保存本条消息。核对时在“操作记录”页的“核对”中填入校验码，或运行 dabiao verify --head ABCD-EFGH-IJKL-MNOP-QRST-812，即可知道此前的日志有没有改动、有没有被截掉。"},
		lang.English: {"Dabiao, 某县某局: audit log of 25 November 2026", "Code: ABCD-EFGH-IJKL-MNOP-QRST-812",
			"The log has 812 entries; the last was made on 2026-11-25 09:00.", "Hash of the last entry: key 0a1b2c3d:ff",
			"Keep this message. Type the code into “Check” on the page “Audit log”, or run dabiao verify --head " +
				"ABCD-EFGH-IJKL-MNOP-QRST-812, to learn whether the log was changed or its end cut off since."},
	} {
		m := headMessage(lang.For(tag), "某县某局", *sampleHead(), time.UTC)
		if got := append([]string{m.subject}, m.lines...); !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
	}
}

func TestPlainJSONHasTheEndOfTheLog(t *testing.T) {
	address, got := hook(t, func(w http.ResponseWriter) { w.WriteHeader(http.StatusNoContent) })
	p, h := lang.For(lang.Chinese), sampleHead()
	parcel := app.Parcel{Channel: kpi.Channel{Kind: kpi.JSONChannel, Address: address}, Head: h}
	if err := sendHook(soon(t), p, "某县某局", headMessage(p, "某县某局", *h, time.UTC), parcel, "id", now); err != nil {
		t.Fatal(err)
	}
	_, body := got()
	var b struct {
		Notices []any          `json:"notices"`
		Head    map[string]any `json:"audit_head"`
	}
	if err := json.Unmarshal([]byte(body), &b); err != nil || b.Notices == nil || b.Head["date"] != "2026-11-25" ||
		b.Head["entries"] != 812. || b.Head["code"] != h.String() || b.Head["hash"] != h.Hash ||
		b.Head["at"] != "2026-11-25T09:00:00Z" {
		t.Errorf("%v: %s", err, body)
	}
	if err := send(t, parcel.Channel); err != nil {
		t.Fatal(err)
	}
	if _, body := got(); strings.Contains(body, "audit_head") {
		t.Errorf("notices come with an empty end of the log: %s", body)
	}
}
