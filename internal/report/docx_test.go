package report

import (
	"bytes"
	"strings"
	"testing"

	"dabiao/internal/paper/papertest"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

func docx(t *testing.T, in Input) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := paper.WriteDocx(&b, Build(in)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inputs are the years every writer is held to, by name.
func inputs(t *testing.T) map[string]Input {
	t.Helper()
	out := map[string]Input{}
	for _, tag := range lang.Tags {
		out["2022-"+string(tag)] = facts(t, tag)
		out["sample-"+string(tag)] = sample(t, tag)
		out["empty-"+string(tag)] = Input{Office: Office{Name: "某单位"}, Language: lang.For(tag),
			Board: progress.Board{Year: kpi.YearInfo{Year: 2027}, AsOf: kpi.AsOfToday(2027, "2026-11-23")}}
	}
	return out
}

func TestWordFilesAreValid(t *testing.T) {
	for name, in := range inputs(t) {
		papertest.Valid(t, name+".docx", docx(t, in))
	}
}

func TestSameYearIsTheSameWordFile(t *testing.T) {
	for name, in := range inputs(t) {
		if !bytes.Equal(docx(t, in), docx(t, in)) {
			t.Errorf("%s: two exports differ", name)
		}
	}
}

func TestWordFileParts(t *testing.T) {
	golden(t, "2022-zh-CN.docx", docx(t, facts(t, lang.Chinese)))
	golden(t, "sample-en.docx", docx(t, sample(t, lang.English)))
}

func TestTheYear2022IsAllThere(t *testing.T) {
	text := papertest.Text(t, docx(t, facts(t, lang.Chinese)))
	at := 0
	for _, line := range []string{
		"某市妇女联合会2022年度部门整体支出绩效自评报告", "单位名称：某市妇女联合会", "2023年7月18日",
		"某市妇女联合会2022年度部门整体支出绩效自评报告",
		"一、部门基本情况", "（一）机构、人员构成", "本部分未填写。", "（二）单位主要职责", "团结引导妇女参与发展。", "维护妇女儿童合法权益。",
		"二、一般公共预算支出情况", "（一）基本支出情况", "（二）项目支出情况",
		"三、政府性基金预算支出情况", "本单位无政府性基金预算支出。",
		"四、国有资本经营预算支出情况", "五、社会保险基金预算支出情况", "六、部门整体支出绩效情况",
		"（一）思想引领", "（二）妇女发展", "（三）权益维护", "（四）家庭建设",
		"七、存在的问题及原因分析", "本部分未填写。", "八、下一步改进措施", "九、部门整体支出绩效自评结果拟应用和公开情况",
		"十、其他需要说明的情况", "附件：1.基础数据表", "2.部门整体支出绩效自评表", "3.数据来源表",
		"附件1", "基础数据表", "附件2", "部门整体支出绩效自评表", "附件3", "数据来源表",
	} {
		found := strings.Index(text[at:], "\n"+line+"\n")
		if at == 0 && strings.HasPrefix(text, line) {
			found = 0
		}
		if found < 0 {
			t.Fatalf("%q does not stand in its place", line)
		}
		at += found
	}
	for _, words := range []string{
		"两癌免费检查完成人数，任务数10361人，实际完成10780人，完成任务数的104.04%。",
		"培训妇女人数1259人", "注册用户10779户（截至11月30日）", "接受妇女咨询200余人次", "征集清廉家书近200封", "销售金额150多万元",
		"发放两癌救助金31万元",
		"家庭纠纷调处223起，其中调解成功并达成协议210起、涉及家暴16起（公安局发出告诫令6份、法院发放人身保护令1件）。",
		"家庭纠纷调解成功率94.17%", "全年预算153.98万元，支出153.98万元，预算执行率100.00%。",
		"同步录音录像覆盖：全覆盖（100%）", "未设年度目标的65项只列实际完成数。",
	} {
		if !strings.Contains(text, words) {
			t.Errorf("%q is missing", words)
		}
	}
}

func TestSampleYearSaysSoOnItsCoverAndEveryPage(t *testing.T) {
	for _, tag := range lang.Tags {
		in := sample(t, tag)
		file := docx(t, in)
		notice := in.Language.T("report.sample")
		if !strings.Contains(papertest.Text(t, file), notice) ||
			!strings.Contains(papertest.Unzip(t, file)["word/header1.xml"], notice) {
			t.Errorf("%s: nothing says that the figures are invented", tag)
		}
		if n := strings.Count(papertest.Unzip(t, file)["word/document.xml"], "<w:headerReference"); n != 4 {
			t.Errorf("%s: %d page heads, want odd and even of cover and text", tag, n)
		}
	}
}

func TestControlCharactersAndMarkupStayOut(t *testing.T) {
	text := papertest.Text(t, docx(t, sample(t, lang.Chinese)))
	if !strings.Contains(text, "=某县“妇联”&lt;&amp;&gt;\n") || !strings.Contains(text, "二是培训不足。") {
		t.Error("a name or a paragraph is not what was handed in")
	}
}

func TestPageIsLaidOutByTheStandard(t *testing.T) {
	parts := papertest.Unzip(t, docx(t, facts(t, lang.Chinese)))
	for part, list := range map[string][]string{
		"word/document.xml": {
			`<w:pgSz w:w="11906" w:h="16838"/>`, `w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"`,
			`<w:docGrid w:type="linesAndChars" w:linePitch="579"`, `<w:tblHeader/>`, `<w:pgNumType w:start="1"/>`},
		"word/styles.xml": {`<w:ind w:firstLineChars="200"`, `w:line="579" w:lineRule="exact"`, `w:eastAsia="楷体_GB2312"`,
			`w:val="000000"`},
		"word/fontTable.xml": {`w:name="方正小标宋简体"><w:altName`, `w:name="仿宋_GB2312"><w:altName`,
			`w:name="楷体_GB2312"><w:altName`},
		"word/settings.xml": {`<w:evenAndOddHeaders/>`},
	} {
		for _, words := range list {
			if !strings.Contains(parts[part], words) {
				t.Errorf("%s lacks %s", part, words)
			}
		}
	}
	if strings.Contains(parts["word/document.xml"], "<w:numPr>") {
		t.Error("a numeral is a list field; it must be text")
	}
}
