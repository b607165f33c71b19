package page

import "dabiao/internal/app"

// settingsReplica is what is known of the copy that follows the database.
type settingsReplica struct {
	Dir, Copied string
	Whole, Hint string // "" where there is nothing to say
	Failed      string // why nothing is copied; "" if it is
}

// NewSettingsReplica shows the copy that follows the database, if there is one.
func NewSettingsReplica(pc Context, r app.Replica) *settingsReplica {
	if r.Folder == "" {
		return nil
	}
	p := pc.Printer
	out := settingsReplica{Dir: r.Folder, Copied: p.T("replica.nothing")}
	if r.Copied != 0 {
		behind := max(0, int64(r.Asked-r.Copied)+999) / 1000 // seconds, rounded up
		out.Copied = p.T("replica.copied", p.Time(r.Copied, pc.Zone), behind)
		if behind >= 120 {
			out.Copied = p.T("replica.copied_minutes", p.Time(r.Copied, pc.Zone), behind/60)
		}
	}
	if r.Whole != 0 {
		out.Whole = p.T("replica.whole", p.Time(r.Whole, pc.Zone))
	}
	if r.SameDisk {
		out.Hint = p.T("backup.same_disk")
	}
	switch {
	case r.Failed != nil:
		out.Failed = p.Text(*r.Failed)
	case r.Late:
		out.Failed = p.T("replica.slow", r.Folder)
	}
	return &out
}
