package tree

import (
	"math/big"
	"strings"
)

// Decimal is the number that n holds, in the one form that JSON and all YAML
// readers take alike: decimal, no leading zero, no underscores, a fraction
// wherever there is an exponent. 0x1F, 0o17, 017 (octal, as the API server
// reads it), 1_000, 1.5Ki, +5, .5 and 1e3 come out as 31, 15, 15, 1000, 1536,
// 5, 0.5 and 1.0e+3. It is false for what is no finite number.
func (n *Node) Decimal() (string, bool) {
	if n.Kind != Int && n.Kind != Float {
		return "", false
	}
	if isDecimal(n.Text) {
		return n.Text, true
	}
	text := strings.ReplaceAll(n.Text, "_", "")
	sign := ""
	if text != "" && (text[0] == '-' || text[0] == '+') {
		sign, text = strings.TrimPrefix(text[:1], "+"), text[1:]
	}
	value, ok := unsignedDecimal(text, n.Kind == Int)
	return sign + value, ok
}

// isDecimal reports whether text is in the form of Decimal already; of numbers
// with an exponent it leaves that to be found out.
func isDecimal(text string) bool {
	whole, fraction, hasPoint := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	return isDigits(whole) && (whole[0] != '0' || len(whole) == 1) && (!hasPoint || isDigits(fraction))
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func unsignedDecimal(text string, isInt bool) (string, bool) {
	if len(text) > 1 && text[0] == '0' && (isInt || strings.ContainsAny(text[1:2], "xXoObB")) {
		if i, ok := new(big.Int).SetString(text, 0); ok && i.Sign() >= 0 {
			return i.String(), true
		}
	}
	if factor, rest := multiplier(text); factor != nil {
		return multiplied(rest, factor)
	}
	mantissa, exponent, hasExponent := cutExponent(text)
	whole, fraction, hasPoint := strings.Cut(mantissa, ".")
	if !isDigits(whole + fraction) {
		return "", false
	}
	value := trimZeros(whole)
	if hasPoint || hasExponent {
		value += "." + orZero(fraction)
	}
	if !hasExponent {
		return value, true
	}
	sign := "+"
	if exponent != "" && (exponent[0] == '-' || exponent[0] == '+') {
		sign, exponent = exponent[:1], exponent[1:]
	}
	return value + "e" + sign + trimZeros(exponent), isDigits(exponent)
}

func cutExponent(text string) (mantissa, exponent string, found bool) {
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		return text[:i], text[i+1:], true
	}
	return text, "", false
}

func trimZeros(digits string) string { return orZero(strings.TrimLeft(digits, "0")) }

func orZero(digits string) string {
	if digits == "" {
		return "0"
	}
	return digits
}

// multiplier takes a CUE multiplier (K, Ki, M, ...) off a number.
func multiplier(text string) (factor *big.Int, rest string) {
	rest, binary := strings.CutSuffix(text, "i")
	if rest == "" {
		return nil, text
	}
	power := strings.IndexByte("KMGTP", rest[len(rest)-1]) + 1
	if power == 0 {
		return nil, text
	}
	base := int64(1000)
	if binary {
		base = 1024
	}
	return new(big.Int).Exp(big.NewInt(base), big.NewInt(int64(power)), nil), rest[:len(rest)-1]
}

func multiplied(digits string, factor *big.Int) (string, bool) {
	whole, fraction, _ := strings.Cut(digits, ".")
	if !isDigits(whole + fraction) {
		return "", false
	}
	r, ok := new(big.Rat).SetString(orZero(whole) + "." + orZero(fraction))
	if !ok {
		return "", false
	}
	r.Mul(r, new(big.Rat).SetInt(factor))
	if r.IsInt() {
		return r.Num().String(), true
	}
	return strings.TrimRight(r.FloatString(len(fraction)), "0"), true
}
