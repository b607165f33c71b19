package kpi

import (
	"encoding/json"
	"fmt"
)

// textJSON is a stored Text. It records the type of each argument, so that the text can be rendered in
// any language later.
type textJSON struct {
	Key  string    `json:"key"`
	Args []argJSON `json:"args,omitempty"`
}

type argJSON struct {
	Sort  string          `json:"sort"`
	Value json.RawMessage `json:"value"`
}

// MarshalJSON stores the text with the types of its arguments. An argument of an unknown type is stored
// as a string.
func (t Text) MarshalJSON() ([]byte, error) {
	out := textJSON{Key: t.Key}
	for _, arg := range t.Args {
		sort, value := "string", arg
		switch a := arg.(type) {
		case Amount:
			sort = "amount"
		case Percent:
			sort = "percent"
		case Measure:
			sort = "measure"
		case Name:
			sort = "name"
		case Text:
			sort = "text"
		case int:
			sort = "int"
		case string:
		default:
			value = fmt.Sprint(a)
		}
		raw, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		out.Args = append(out.Args, argJSON{sort, raw})
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (t *Text) UnmarshalJSON(raw []byte) error {
	var in textJSON
	if err := json.Unmarshal(raw, &in); err != nil {
		return err
	}
	*t = Text{Key: in.Key}
	for _, a := range in.Args {
		value, err := a.read()
		if err != nil {
			return fmt.Errorf("text %s: %w", in.Key, err)
		}
		t.Args = append(t.Args, value)
	}
	return nil
}

func (a argJSON) read() (any, error) {
	switch a.Sort {
	case "amount":
		return argument[Amount](a.Value)
	case "percent":
		return argument[Percent](a.Value)
	case "measure":
		return argument[Measure](a.Value)
	case "name":
		return argument[Name](a.Value)
	case "text":
		return argument[Text](a.Value)
	case "int":
		return argument[int](a.Value)
	}
	return argument[string](a.Value)
}

func argument[T any](raw json.RawMessage) (any, error) {
	var v T
	err := json.Unmarshal(raw, &v)
	return v, err
}
