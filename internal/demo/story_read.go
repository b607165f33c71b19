package demo

import (
	"fmt"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// stories reads how the year goes and adds what is known about each indicator.
func (l *loader) stories(year kpi.Year) ([]story, error) { return readStories(year, l.units) }

func readStories(year kpi.Year, units []row) ([]story, error) {
	rows, err := table("sample/story.csv")
	if err != nil {
		return nil, err
	}
	known, err := knownIndicators()
	if err != nil {
		return nil, err
	}
	all, err := plans(year)
	if err != nil {
		return nil, err
	}
	var out []story
	for _, r := range rows {
		s, err := readStory(r, known[r["indicator"]], units)
		if err != nil {
			return nil, fmt.Errorf("story of %s: %w", r["indicator"], err)
		}
		for _, p := range all {
			if p.indicator == s.indicator {
				s.plans = append(s.plans, p)
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// knownIndicators returns the lines of both years' indicators by code.
func knownIndicators() (map[string]row, error) {
	out := map[string]row{}
	for _, name := range []string{"2022/indicators.csv", "sample/indicators.csv"} {
		rows, err := table(name)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r["code"]] = r
		}
	}
	return out, nil
}

func readStory(r, ind row, units []row) (s story, err error) {
	s = story{seed: seed, indicator: r["indicator"], kind: kpi.Kind(ind["kind"]), measure: kpi.Measure(ind["measure"]),
		rough: r["rough"] == "yes", waits: r["waits"] == "yes", readings: r["readings"], note: r["note"]}
	if s.decimals, err = ind.count("decimals"); err != nil {
		return s, err
	}
	if s.starts, err = ind.count("starts"); err != nil {
		return s, err
	}
	s.starts = max(s.starts, 1)
	if s.pace, err = r.amount("pace"); err != nil {
		return s, err
	}
	if s.volume, err = r.amount("volume"); err != nil {
		return s, err
	}
	if whole, part, ok := strings.Cut(r["follows"], " "); ok {
		s.follows = whole
		if s.part, err = intake.Number(part); err != nil {
			return s, err
		}
	}
	s.places, err = places(units, r["by"] == "county")
	return s, err
}

// places returns the units that report: the county, or its townships with their shares.
func places(units []row, county bool) ([]place, error) {
	if county {
		return []place{{code: units[0]["code"], share: 1, sum: 1, county: true}}, nil
	}
	var out []place
	sum := 0
	for _, r := range units[1:] {
		share, err := r.count("share")
		if err != nil {
			return nil, err
		}
		sum += share
		out = append(out, place{code: r["code"], share: int64(share)})
	}
	for i := range out {
		out[i].sum = int64(sum)
	}
	return out, nil
}
