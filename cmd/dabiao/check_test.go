package main

import (
	"slices"
	"strings"
	"testing"
)

func TestCheckFindsWhatIsWrongWithThePublishedYear(t *testing.T) {
	dir := demoFolder(t)
	r := dabiao(t, "", "check", "--year", "2022", "--data", dir)
	if r.code != 1 || !strings.Contains(r.err, "of them 1 errors") {
		t.Errorf("exit %d, said %q", r.code, r.err)
	}
	for _, line := range []string{
		"错误\ttwo_values\t“被评为邵阳最美庭院”为8户，而“推荐为邵阳市最美庭院家庭”只有6户：获评数不应多于推荐数。",
		"提醒\tstale_reading\t“注册用户”10779户是11月的读数，年终报告应为年末数。",
		"提醒\tno_target\t66 项指标中有 65 项没有设目标，只能说明做了多少，不能说明完成得如何。",
		"提示\tmeasure\t“合适未成年人陪同询问”原文写作“12人/次”，按12人次记；计量单位不带斜杠。",
	} {
		if !slices.Contains(strings.Split(r.out, "\n"), line) {
			t.Errorf("%q is missing in\n%s", line, r.out)
		}
	}
	approximate := strings.Count(r.out, "\tapproximate\t")
	if approximate != 13 {
		t.Errorf("%d approximate figures, want the 13 of the published report:\n%s", approximate, r.out)
	}
	for _, never := range []string{"bare_number", "numeral", "own_name", "deviation"} {
		if strings.Contains(r.out, "\t"+never+"\t") {
			t.Errorf("%s was found in\n%s", never, r.out)
		}
	}
	if english := dabiao(t, "", "check", "--year", "2022", "--data", dir, "--lang", "en"); !strings.Contains(english.out,
		"no more can be awarded than were recommended") {
		t.Errorf("in English: %s", english.out)
	}
	dabiao(t, "", "check", "--data", dir).fails(2, "name the year with --year")
	dabiao(t, "", "check", "--year", "1999", "--data", dir).fails(1, "1999")
}
