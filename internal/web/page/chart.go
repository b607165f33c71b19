package page

import (
	"encoding/json"
)

// jsonOption is a chart's option, placed in the page as data.
type jsonOption = json.RawMessage
