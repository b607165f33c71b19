package kpi

// StaffKind is a kind of staff as establishments are counted.
type StaffKind string

// The kinds of staff. Retired people have no posts.
const (
	Administrative StaffKind = "administrative" // 行政
	Institution    StaffKind = "institution"    // 事业
	Worker         StaffKind = "worker"         // 工勤
	Retired        StaffKind = "retired"        // 离退休
)

// StaffKinds lists all in the form's order; InPost those with posts.
var (
	StaffKinds = []StaffKind{Administrative, Institution, Worker, Retired}
	InPost     = StaffKinds[:3]
)

// StaffCount is how many posts a unit has of a kind and how many people are there. nil: nobody
// stated it, which is not 0.
type StaffCount struct {
	Kind   StaffKind `json:"kind"`
	Posts  *int64    `json:"posts"`  // 编制人数
	People *int64    `json:"people"` // 实有人数
}

// MaxStaff is more than any office has of a kind.
const MaxStaff = 1_000_000

// Check refuses kinds there are not, counts that are none, and posts of the retired. Fields are
// named staff.administrative.posts.
func (c StaffCount) Check() error {
	var m Mistakes
	at := "staff." + string(c.Kind) + "."
	if !contains(StaffKinds, c.Kind) {
		m.Add("staff", "staff_kind_unknown", string(c.Kind))
	}
	if c.Kind == Retired && c.Posts != nil {
		m.Add(at+"posts", "staff_retired_posts")
	}
	for _, f := range []struct {
		name  string
		count *int64
	}{{"posts", c.Posts}, {"people", c.People}} {
		switch {
		case f.count == nil:
		case *f.count < 0:
			m.Add(at+f.name, "number_negative")
		case *f.count > MaxStaff:
			m.Add(at+f.name, "number_too_large", *f.count)
		}
	}
	return m.Err()
}

// OfficialKind is one of the costs that are watched as 三公经费.
type OfficialKind string

// The kinds of official costs that are stated. The two of vehicles together are
// 公务用车购置及运行维护费.
const (
	OfficialAbroad    OfficialKind = "abroad"           // 因公出国（境）费
	OfficialReception OfficialKind = "reception"        // 公务接待费
	VehiclePurchase   OfficialKind = "vehicle_purchase" // 公务用车购置费
	VehicleRunning    OfficialKind = "vehicle_running"  // 公务用车运行维护费
)

// OfficialKinds lists all in the form's order.
var OfficialKinds = []OfficialKind{OfficialAbroad, OfficialReception, VehiclePurchase, VehicleRunning}

// OfficialCost is what a year has and spends for a kind, in 元. nil: nobody stated it.
type OfficialCost struct {
	Kind    OfficialKind
	Last    *Amount // 上年决算数
	Initial *Amount // 年初预算数
	Full    *Amount // 全年预算数
	Spent   *Amount // 执行数
}

// Check refuses kinds there are not and amounts that are none. Fields are named costs.abroad.last.
func (c OfficialCost) Check() error {
	var m Mistakes
	if !contains(OfficialKinds, c.Kind) {
		m.Add("costs", "official_kind_unknown", string(c.Kind))
	}
	at := "costs." + string(c.Kind) + "."
	for _, f := range []struct {
		name   string
		amount *Amount
	}{{"last", c.Last}, {"initial", c.Initial}, {"budget", c.Full}, {"spent", c.Spent}} {
		switch {
		case f.amount == nil:
		case *f.amount < 0:
			m.Add(at+f.name, "number_negative")
		case *f.amount > MaxAmount:
			m.Add(at+f.name, "number_too_large", f.amount.String())
		}
	}
	return m.Err()
}
