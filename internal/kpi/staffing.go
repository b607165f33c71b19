package kpi

// StaffKind is a kind of staff, as establishment posts are classified.
type StaffKind string

// The kinds of staff. Retired people have no posts.
const (
	Administrative StaffKind = "administrative" // 行政
	Institution    StaffKind = "institution"    // 事业
	Worker         StaffKind = "worker"         // 工勤
	Retired        StaffKind = "retired"        // 离退休
)

// StaffKinds lists all kinds in the form's order; InPost lists those with posts.
var (
	StaffKinds = []StaffKind{Administrative, Institution, Worker, Retired}
	InPost     = StaffKinds[:3]
)

// StaffCount is the number of posts and people of a kind. nil means not stated, which is not 0.
type StaffCount struct {
	Kind   StaffKind `json:"kind"`
	Posts  *int64    `json:"posts"`  // 编制人数
	People *int64    `json:"people"` // 实有人数
}

// MaxStaff is the upper limit for a count of posts or people.
const MaxStaff = 1_000_000

// Check refuses unknown kinds, counts out of range, and posts for the retired. Fields are named as in
// staff.administrative.posts.
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

// OfficialKind is one of the costs supervised as 三公经费.
type OfficialKind string

// The kinds of official costs. The two for vehicles together are 公务用车购置及运行维护费.
const (
	OfficialAbroad    OfficialKind = "abroad"           // 因公出国（境）费
	OfficialReception OfficialKind = "reception"        // 公务接待费
	VehiclePurchase   OfficialKind = "vehicle_purchase" // 公务用车购置费
	VehicleRunning    OfficialKind = "vehicle_running"  // 公务用车运行维护费
)

// OfficialKinds lists all kinds in the form's order.
var OfficialKinds = []OfficialKind{OfficialAbroad, OfficialReception, VehiclePurchase, VehicleRunning}

// OfficialCost is a year's budget and spending on one kind, in 元. nil means not stated.
type OfficialCost struct {
	Kind    OfficialKind
	Last    *Amount // 上年决算数
	Initial *Amount // 年初预算数
	Full    *Amount // 全年预算数
	Spent   *Amount // 执行数
}

// Check refuses unknown kinds and amounts out of range. Fields are named as in costs.abroad.last.
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
