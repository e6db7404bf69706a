package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// languageServer is what an editor knows of cue lsp.
type languageServer struct {
	in   io.Writer
	out  *bufio.Reader
	last int // id of a request
	// mistakes are the diagnostics as they came, file: message.
	mistakes []string
}

// message is one of the language server protocol.
type message struct {
	ID     *int            `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
}

// lsp opens a file of a project in the language server of CUE, as an editor does:
//
//	lsp FILE WORD    prints the hover text and the completions where WORD stands
//	lsp FILE         prints the first mistake that the server tells
//
// Whatever it prints, mistakes are printed before it.
func lsp(ts *testscript.TestScript, isNegated bool, args []string) {
	if isNegated || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: lsp FILE [WORD]")
	}
	cue, err := exec.LookPath("cue")
	ts.Check(err)
	command := exec.Command(cue, "lsp")
	command.Dir = ts.MkAbs(".")
	command.Env = []string{"CUE_REGISTRY=none", "HOME=" + ts.Getenv("HOME"), "PATH=" + ts.Getenv("PATH"), "TMPDIR=" + ts.Getenv("TMPDIR"), "CUE_CACHE_DIR=" + ts.MkAbs(".cache")}
	in, err := command.StdinPipe()
	ts.Check(err)
	out, err := command.StdoutPipe()
	ts.Check(err)
	ts.Check(command.Start())
	guard := time.AfterFunc(time.Minute, func() { _ = command.Process.Kill() })
	defer guard.Stop()
	server := &languageServer{in: in, out: bufio.NewReader(out)}
	text := ts.ReadFile(args[0])
	said, err := server.ask(ts.MkAbs("."), ts.MkAbs(args[0]), text, args[1:])
	ts.Check(errors.Join(err, in.Close()))
	_ = command.Wait() // it was told all that matters
	for _, mistake := range server.mistakes {
		fmt.Fprintln(ts.Stdout(), mistake)
	}
	fmt.Fprint(ts.Stdout(), said)
}

// ask opens a file, and asks about words in it.
func (s *languageServer) ask(root, file, text string, words []string) (string, error) {
	folder := []any{map[string]any{"uri": uri(root), "name": "project"}}
	capabilities := map[string]any{"workspace": map[string]any{"configuration": true}}
	_, err := s.request("initialize", map[string]any{"processId": nil, "rootUri": uri(root), "capabilities": capabilities, "workspaceFolders": folder})
	if err != nil {
		return "", err
	}
	document := map[string]any{"uri": uri(file), "languageId": "cue", "version": 1, "text": text}
	if err := errors.Join(s.send("initialized", nil, map[string]any{}), s.send("textDocument/didOpen", nil, map[string]any{"textDocument": document})); err != nil {
		return "", err
	}
	if len(words) == 0 {
		for len(s.mistakes) == 0 && err == nil {
			_, err = s.receive()
		}
		return "", err
	}
	before, _, _ := strings.Cut(text, words[0])
	line := strings.Count(before, "\n")
	position := map[string]any{"line": line, "character": len(before) - strings.LastIndexByte(before, '\n')}
	at := map[string]any{"textDocument": map[string]any{"uri": uri(file)}, "position": position}
	hover, err := s.request("textDocument/hover", at)
	if err != nil {
		return "", err
	}
	completion, err := s.request("textDocument/completion", at)
	return "hover: " + string(hover) + "\ncompletion: " + string(completion) + "\n", err
}

func uri(file string) string { return "file://" + filepath.ToSlash(file) }

// request sends a request and waits for its answer.
func (s *languageServer) request(method string, params any) (json.RawMessage, error) {
	s.last++
	id := s.last
	if err := s.send(method, &id, params); err != nil {
		return nil, err
	}
	for {
		m, err := s.receive()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", method, err)
		}
		if m.Method == "" && m.ID != nil && *m.ID == id {
			return m.Result, nil
		}
	}
}

func (s *languageServer) send(method string, id *int, params any) error {
	data, err := json.Marshal(params)
	if err != nil {
		return err
	}
	return s.write(message{ID: id, Method: method, Params: data})
}

func (s *languageServer) write(m message) error {
	data, err := json.Marshal(struct {
		Version string `json:"jsonrpc"`
		message
	}{"2.0", m})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(data), data)
	return err
}

// receive reads a message, answers what the server asks, and notes mistakes.
func (s *languageServer) receive() (message, error) {
	var m message
	header, err := textproto.NewReader(s.out).ReadMIMEHeader()
	if err != nil {
		return m, err
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return m, err
	}
	data := make([]byte, length)
	if _, err := io.ReadFull(s.out, data); err != nil {
		return m, err
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, err
	}
	if m.Method != "" && m.ID != nil {
		return m, s.write(message{ID: m.ID, Result: json.RawMessage("null")})
	}
	if m.Method == "textDocument/publishDiagnostics" {
		var published struct {
			URI         string
			Diagnostics []struct{ Message string }
		}
		err = json.Unmarshal(m.Params, &published)
		for _, d := range published.Diagnostics {
			s.mistakes = append(s.mistakes, published.URI[strings.LastIndexByte(published.URI, '/')+1:]+": "+d.Message)
		}
	}
	return m, err
}
