package load

// Overlay are the contents that files are to have, by the place of each.
type Overlay map[string][]byte

// Lay makes the overlay one in which a file, or the one that a link of that name leads
// to, has another content.
func (o Overlay) Lay(file string, data []byte) { o[realPlace(file)] = data }

// of is the content that is laid over a file.
func (o Overlay) of(file string) (data []byte, isLaidOver bool) {
	if len(o) == 0 {
		return nil, false
	}
	data, isLaidOver = o[realPlace(file)]
	return data, isLaidOver
}
