package chart

import (
	"encoding/json"
	"fmt"
	"strconv"

	"dabiao/internal/kpi"
)

// Names in the page's palette, resolved by assets/js/app.js.
const (
	ink     = "@ink"
	muted   = "@muted"
	line    = "@line"
	accent  = "@accent"
	bar     = "@bar"
	far     = "@far_behind"
	behind  = "@behind"
	nothing = "-" // ECharts' own mark for a missing point
)

// number returns a as a JSON number without converting it to a float.
func number(a kpi.Amount) json.Number { return json.Number(a.String()) }

// finish merges what go-echarts' structs cannot express into its output and returns it as JSON. It
// drops go-echarts' palette, which would draw the dark page in the light page's colours. An overlay's
// "series" is merged series by series.
func finish(built map[string]any, overlay map[string]any) (json.RawMessage, error) {
	raw, err := json.Marshal(built)
	if err != nil {
		return nil, fmt.Errorf("chart: option: %w", err)
	}
	var option map[string]any
	if err := json.Unmarshal(raw, &option); err != nil {
		return nil, fmt.Errorf("chart: option: %w", err)
	}
	for _, key := range []string{"color", "legend", "title", "toolbox"} {
		delete(option, key)
	}
	out, err := json.Marshal(merge(option, overlay))
	if err != nil {
		return nil, fmt.Errorf("chart: option: %w", err)
	}
	return out, nil
}

// merge merges over into base: objects key by key, lists item by item, anything else is replaced.
func merge(base, over any) any {
	switch over := over.(type) {
	case map[string]any:
		b, ok := base.(map[string]any)
		if !ok {
			return over
		}
		for key, value := range over {
			b[key] = merge(b[key], value)
		}
		return b
	case []any:
		b, ok := base.([]any)
		if !ok || len(b) < len(over) {
			return over
		}
		for i, value := range over {
			b[i] = merge(b[i], value)
		}
		return b
	}
	return over
}

// common returns the options of every chart: no animation, texts drawn by the SVG renderer itself, the
// page's font.
func common() map[string]any {
	return map[string]any{
		"animation": false,
		"textStyle": map[string]any{"fontFamily": "@font", "fontSize": 13},
		"aria":      map[string]any{"enabled": false},
		"tooltip": map[string]any{
			"renderMode": "richText", "confine": true, "formatter": "@texts",
			"backgroundColor": "@card", "borderColor": line, "borderWidth": 1, "padding": 10,
			"textStyle": map[string]any{"color": ink, "fontSize": 13, "lineHeight": 20},
		},
	}
}

func px(n int) string { return strconv.Itoa(n) + "px" }
