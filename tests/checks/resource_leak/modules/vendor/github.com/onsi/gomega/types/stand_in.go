package types

type GomegaMatcher interface{ Match(actual any) (bool, error) }

type Assertion interface {
	To(matcher GomegaMatcher, description ...any) bool
	NotTo(matcher GomegaMatcher, description ...any) bool
}
