package input

type PublicBody struct {
	Public  bool `json:"public"`
	Indexed bool `json:"indexed"`
}
