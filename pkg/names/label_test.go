package names

import "testing"

func TestMakeLabel(t *testing.T) {
	for text, want := range map[string]string{
		"web": "web", "My Shop_2": "my-shop-2", "2048": "s-2048", "--": "", "日本": "", "": "", "a.b/c": "a-b-c", "abcdefghij-k": "abcdefghij",
	} {
		if got := MakeLabel(text, "s-", 11); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestMakeEnvName(t *testing.T) {
	for text, want := range map[string]string{
		"web-db_password": "WEB_DB_PASSWORD", "--token": "TOKEN", "a..b": "A_B", "7z": "_7Z", "": "_", "日本": "_",
	} {
		if got := MakeEnvName(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
