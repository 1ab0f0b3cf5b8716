package gomega

import "github.com/onsi/gomega/types"

func Expect(actual any, extra ...any) types.Assertion { return nil }

func HaveOccurred() types.GomegaMatcher { return nil }

func Succeed() types.GomegaMatcher { return nil }

func MatchError(expected any) types.GomegaMatcher { return nil }
