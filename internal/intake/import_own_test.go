package intake

import "testing"

// Names that mean the root, or a unit by the root's name before it.
func TestUnitsNamedByTheRoot(t *testing.T) {
	v := newVocabulary(families)
	for name, want := range map[string]string{"本级": "city", "市本级": "city", "县本级": "city", "机关": "city",
		"武冈市机关": "city", "武冈市妇联": "city", "武冈市本级": "city", "武冈市邓家铺镇": "dengjiapu", "武冈市邓家铺": "dengjiapu",
		"武冈市龙溪镇人民政府": "longxi", "龙溪镇": "longxi", "武冈市荆竹镇": "", "武冈": "city", "武冈市直": ""} {
		if u, _ := v.unit(name); u.Code != want {
			t.Errorf("%s: %q, want %q", name, u.Code, want)
		}
	}
}
