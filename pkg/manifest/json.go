package manifest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// fromJSON reads one JSON value; all nodes get the one position.
func fromJSON(data []byte, pos tree.Pos) (*tree.Node, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return readJSON(d, pos)
}

func readJSON(d *json.Decoder, pos tree.Pos) (*tree.Node, error) {
	token, err := d.Token()
	if err != nil {
		return nil, fmt.Errorf("read JSON: %w", err)
	}
	n := &tree.Node{Pos: pos}
	switch token := token.(type) {
	case bool:
		n.Kind, n.Text = tree.Bool, fmt.Sprint(token)
	case json.Number:
		n.Kind, n.Text = tree.Int, token.String()
		if strings.ContainsAny(n.Text, ".eE") {
			n.Kind = tree.Float
		}
	case string:
		n.Kind, n.Text = tree.String, token
	case json.Delim:
		n.Kind = tree.List
		if token == '{' {
			n.Kind = tree.Map
		}
		err = readElements(d, n)
	}
	return n, err
}

// readElements reads the list or map n up to its closing bracket.
func readElements(d *json.Decoder, n *tree.Node) error {
	for d.More() {
		f := tree.Field{KeyPos: n.Pos}
		if n.Kind == tree.Map {
			token, err := d.Token()
			if err != nil {
				return fmt.Errorf("read JSON: %w", err)
			}
			f.Key, _ = token.(string)
		}
		value, err := readJSON(d, n.Pos)
		if err != nil {
			return err
		}
		f.Value = value
		n.Fields = append(n.Fields, f)
	}
	_, err := d.Token()
	if err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	return nil
}
