package handedliteral

import "net/http"

// Guard gives the literal to its caller: nothing says that it is deferred.
func Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer recover() // want "`recover` is deferred itself"
		next.ServeHTTP(w, r)
	})
}

// Last gives a function that may well be deferred: its recover has nothing of
// its own to guard.
func Last() func() {
	return func() { defer recover() }
}
