package intake

import "testing"

// A sum since January beside its last months says what was done before them; the months are kept.
func TestMonthsBesideASum(t *testing.T) {
	const three = "C3 helped longxi 2026-08-31 3; D3 helped longxi 2026-09-30 4; E3 helped longxi 2026-10-31 5"
	for columns, want := range map[string]string{
		"8月,9月,10月,1-10月累计\n龙溪镇,帮扶家庭,3,4,5,50": three + "; F3 helped longxi 2026-07-31 38 sofar",
		"8月,9月,10月,累计\n龙溪镇,帮扶家庭,3,4,5,50":      three + "; total F3 50 12; asked before:F",
		"8月,9月,10月,累计完成\n龙溪镇,帮扶家庭,3,4,5,50":    three + "; total F3 50 12; asked before:F",
		"8月,9月,10月,累计\n龙溪镇,帮扶家庭,3,4,5,12":      three + "; total F3 12 12",
		"8月,9月,10月,合计\n龙溪镇,帮扶家庭,3,4,5,50":      three + "; total F3 50 12",
		"8月,9月,10月,1-10月累计\n龙溪镇,帮扶家庭,3,4,5,12": three,
		"8月,9月,10月,1-10月累计\n龙溪镇,帮扶家庭,3,4,5,9":  three + "; total F3 9 12",
		"8月,9月,10月,1-10月累计\n龙溪镇,帮扶家庭,,,,50":    "F3 helped longxi 2026-10-31 50 sofar",
		"8月,9月,10月,1-10月累计\n龙溪镇,帮扶家庭,,4,,50":   "D3 helped longxi 2026-09-30 4; F3 helped longxi 2026-07-31 46 sofar",
		"10月,1-10月累计\n龙溪镇,帮扶家庭,5,50":           "D3 helped longxi 2026-10-31 50 sofar; left C2 import_column_within",
	} {
		if got := readFamilies(t, "帮扶情况统计表\n乡镇,指标,"+columns+"\n"); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", columns, got, want)
		}
	}
	for answer, want := range map[string]string{"year": "F2 helped longxi 2026-07-31 38 sofar",
		"months": "total F2 50 12"} {
		grids := grid(t, "乡镇|指标|8月|9月|10月|累计", "龙溪镇|帮扶家庭|3|4|5|50")
		r, err := ReadTable(grids, families, Choices{Answers: map[string]string{"before": answer}})
		if err != nil || len(r.OpenQuestions()) > 0 || said(r)[3] != want {
			t.Errorf("%s: %v %v", answer, said(r), err)
		}
	}
	titled := "2026年10月\n乡镇,指标,8月,9月,10月,累计\n龙溪镇,帮扶家庭,3,4,5,50\n"
	if got := readFamilies(t, titled); got != three+"; F3 helped longxi 2026-07-31 38 sofar" {
		t.Errorf("under a title: %s", got)
	}
}
