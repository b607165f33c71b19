package notice

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

func TestThatBackupsStoppedIsSaidWithWhatToDo(t *testing.T) {
	for _, c := range []struct {
		tag    lang.Tag
		newest kpi.UnixMilli
		want   []string
	}{
		{lang.Chinese, 1, []string{"达标备份提醒（某县某局）", "最近一份备份是 2026年11月23日 的，已超过两天。",
			"“系统设置”写明了每个备份文件夹的原因，系统会继续尝试。再次备份成功之前不再提醒。"}},
		{lang.English, 0, []string{"Dabiao, 某县某局: backups are late", "No backup has been made yet, in more than two days.",
			"System settings say of each folder why; the server goes on trying. There will be no other message before a " +
				"backup was made."}},
	} {
		m := lateMessage(lang.For(c.tag), "某县某局", app.LateBackup{Newest: c.newest}, "2026-11-23")
		if got := append([]string{m.subject}, m.lines...); !slices.Equal(got, c.want) {
			t.Errorf("%q", got)
		}
	}
}

func TestPlainJSONSaysSinceWhenNoBackupCame(t *testing.T) {
	for newest, want := range map[kpi.UnixMilli]any{0: nil, 1795395600000: "2026-11-23T01:00:00Z"} {
		address, got := hook(t, func(w http.ResponseWriter) { w.WriteHeader(http.StatusNoContent) })
		late := &app.LateBackup{Newest: newest}
		parcel := app.Parcel{Channel: kpi.Channel{Kind: kpi.JSONChannel, Address: address}, Late: late}
		p := lang.For(lang.English)
		if err := sendHook(soon(t), p, "x", lateMessage(p, "x", *late, "2026-11-23"), parcel, "id", now); err != nil {
			t.Fatal(err)
		}
		_, body := got()
		var b struct {
			Late map[string]any `json:"backup_late"`
		}
		if err := json.Unmarshal([]byte(body), &b); err != nil || len(b.Late) != 1 || b.Late["newest"] != want {
			t.Errorf("%v: %s", err, body)
		}
	}
}
