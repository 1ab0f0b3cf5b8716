// What the machine does by itself: the copies that phis mean, lists of deferred
// calls, panics and Goexit, wrappers.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/unit/interp/run_text.h"

namespace gdlint::interp {
namespace {

using Events = std::vector<std::string>;

TEST_CASE("phis of one block get their values all at once") {
  SUBCASE("two and three change places") {
    const RunText run(R"(
func swap(n int) (int, int) {
  a, b := 1, 2
  for i := 0; i < n; i++ {
    a, b = b, a
  }
  return a, b
}
func rotate(n int) (a, b, c int) {
  a, b, c = 1, 2, 3
  for i := 0; i < n; i++ {
    a, b, c = b, c, a
  }
  return
}
func main() {
  for n := 0; n < 4; n++ {
    a, b := swap(n)
    c, d, e := rotate(n)
    println(a, b, c, d, e)
  }
})");
    CHECK(run.exit_code() == 0);
    CHECK(run.output() == "1 2 1 2 3\n2 1 2 3 1\n1 2 3 1 2\n2 1 1 2 3\n");
  }
  SUBCASE("a chain is copied from its end, and beside it are two cycles") {
    const RunText run(R"(
func main() {
  a, b, c := 1, 2, 3
  d, e := 10, 20
  f, g, h := 100, 200, 300
  for i := 4; i < 7; i++ {
    a, b, c = b, c, i
    d, e = e, d
    f, g, h = h, f, g
  }
  println(a, b, c, d, e, f, g, h)
})");
    CHECK(run.output() == "4 5 6 20 10 100 200 300\n");
  }
  SUBCASE("one of a cycle is copied elsewhere too") {
    const RunText run(R"(
func main() {
  a, b, old, older := 1, 2, 0, 0
  for i := 0; i < 3; i++ {
    a, b, old, older = b, a, a, old
  }
  println(a, b, old, older)
})");
    CHECK(run.output() == "2 1 1 2\n");
  }
  SUBCASE("values of two and three words, and of none") {
    const RunText run(R"(
func main() {
  s, t := "one", "two"
  x, y := []int{1}, []int{2, 3}
  p, q := struct{}{}, struct{}{}
  var i, j any = 1, "j"
  for n := 0; n < 3; n++ {
    s, t = t, s
    x, y = y, x
    p, q = q, p
    i, j = j, i
  }
  println(s, t, len(x), len(y), p == q, i.(string), j.(int))
})");
    CHECK(run.output() == "two one 2 1 true j 1\n");
  }
  SUBCASE("sums of what is copied, and a loop in a loop") {
    const RunText run(R"(
func main() {
  a, b := 0, 1
  for i := 0; i < 3; i++ {
    for range 5 {
      a, b = b, a+b
    }
    a, b = b, a
  }
  println(a, b)
})");
    CHECK(run.output() == "792 485\n");
  }
  SUBCASE("both ways of a branch lead to the same block") {
    const RunText run(R"(
func pick(c bool, x, y int) (int, int) {
  if c {
    x, y = y, x
  }
  return x, y
}
func main() {
  a, b := pick(true, 1, 2)
  c, d := pick(false, 1, 2)
  println(a, b, c, d)
})");
    CHECK(run.output() == "2 1 1 2\n");
  }
}

TEST_CASE("deferred calls run last first, with arguments as they were") {
  const RunText run(R"(
func show(n int) { println(n) }
func main() {
  for i := range 3 {
    defer show(i)
  }
  x := 10
  defer func() { println(x) }()
  defer show(x)
  x = 20
})");
  CHECK(run.output() == "10\n20\n2\n1\n0\n");
  CHECK(run.events() == Events{"defer 1", "defer 2", "defer 3", "defer 4",
                               "defer 5", "run 5 (return)", "run 4 (return)",
                               "run 3 (return)", "run 2 (return)",
                               "run 1 (return)"});
}

TEST_CASE("a deferred call has a list of its own") {
  const RunText run(R"(
func main() {
  defer println("last")
  defer func() {
    defer println("inner")
    println("outer")
  }()
})");
  CHECK(run.output() == "outer\ninner\nlast\n");
  CHECK(run.events() == Events{"defer 1", "defer 2", "run 2 (return)",
                               "defer 3", "run 3 (return)", "run 1 (return)"});
}

TEST_CASE("the body of a loop over a function defers for the one around") {
  const RunText run(R"(
func each(yield func(int) bool) {
  defer println("each ends")
  for i := range 3 {
    if !yield(i) {
      return
    }
  }
}
func f() {
  for i := range each {
    defer println("deferred", i)
  }
  println("f ends")
}
func main() { f() })");
  CHECK(run.output() ==
        "each ends\nf ends\ndeferred 2\ndeferred 1\ndeferred 0\n");
}

TEST_CASE("a recovered panic") {
  const RunText run(R"(
func f() (n int) {
  defer func() {
    if r := recover(); r != nil {
      n = r.(int) + 1
    }
    println(recover() == nil)
  }()
  defer println("before")
  panic(41)
}
func main() { println(f()) })");
  CHECK(run.exit_code() == 0);
  CHECK(run.output() == "before\ntrue\n42\n");
  CHECK(run.events() == Events{"defer 1", "defer 2", "panic 1", "run 2 (panic)",
                               "run 1 (panic)", "recover 1"});
}

TEST_CASE("a panic of a deferred call takes the place of the older one") {
  SUBCASE("and is recovered: both are gone") {
    const RunText run(R"(
func f() {
  defer func() { println(recover().(int)) }()
  defer func() { panic(2) }()
  panic(1)
}
func main() {
  f()
  println(recover() == nil)
})");
    CHECK(run.exit_code() == 0);
    CHECK(run.output() == "2\ntrue\n");
    CHECK(run.events() == Events{"defer 1", "defer 2", "panic 1",
                                 "run 2 (panic)", "panic 2", "left 2",
                                 "2 replaces 1", "run 1 (panic)", "recover 2"});
  }
  SUBCASE("and is not: a crash tells of both") {
    const RunText run(R"(
func main() {
  defer func() { panic(2) }()
  panic(1)
})");
    CHECK(run.exit_code() == 2);
    CHECK(run.output() == "panic: 1\n\tpanic: 2\n");
  }
  SUBCASE("and is recovered within: the older one goes on") {
    const RunText run(R"(
func inner() {
  defer func() { println(recover().(int)) }()
  panic(2)
}
func main() {
  defer func() { println(recover().(int)) }()
  defer inner()
  panic(1)
})");
    CHECK(run.exit_code() == 0);
    CHECK(run.output() == "2\n1\n");
  }
  SUBCASE("a value that is panicked with again") {
    const RunText run(R"(
func main() {
  defer func() { panic(recover()) }()
  panic(1)
})");
    CHECK(run.exit_code() == 2);
    CHECK(run.output() == "panic: 1 [recovered, repanicked]\n");
  }
}

TEST_CASE("recover without effect") {
  const RunText run(R"(
func help() any { return recover() }
func f() {
  defer func() {
    println(help() == nil)
    func() { println(recover() == nil) }()
    println(recover().(int))
  }()
  defer recover()
  panic(1)
}
func main() {
  println(recover() == nil)
  f()
})");
  CHECK(run.exit_code() == 0);
  CHECK(run.output() == "true\ntrue\ntrue\n1\n");
}

TEST_CASE("Goexit runs all deferred calls") {
  SUBCASE("and nothing recovers it") {
    const RunText run(R"(
func main() {
  done := make(chan int)
  go func() {
    defer close(done)
    defer func() { println(recover() == nil) }()
    func() {
      defer println("inner")
      goexit()
    }()
    println("never")
  }()
  <-done
})");
    CHECK(run.exit_code() == 0);
    CHECK(run.output() == "inner\ntrue\n");
    CHECK(run.events() == Events{"defer 1", "defer 2", "defer 3", "goexit",
                                 "run 3 (goexit)", "run 2 (goexit)",
                                 "run 1 (goexit)"});
  }
  SUBCASE("also after a panic of a deferred call that is recovered") {
    const RunText run(R"(
func main() {
  done := make(chan int)
  go func() {
    defer close(done)
    defer println("outer")
    func() {
      defer func() { println(recover().(int)) }()
      defer func() { panic(1) }()
      goexit()
    }()
    println("never")
  }()
  <-done
})");
    CHECK(run.exit_code() == 0);
    CHECK(run.output() == "1\nouter\n");
  }
  SUBCASE("and ends a panic whose deferred call calls it") {
    const RunText run(R"(
func main() {
  done := make(chan int)
  go func() {
    defer close(done)
    defer func() { println(recover() == nil) }()
    defer goexit()
    panic(1)
  }()
  <-done
  println("main")
})");
    CHECK(run.exit_code() == 0);
    CHECK(run.output() == "true\nmain\n");
  }
  SUBCASE("of the first goroutine, when no other is left") {
    const RunText run(R"(
func main() {
  defer println("deferred")
  goexit()
})");
    CHECK(run.exit_code() == 2);
    CHECK(run.output().starts_with("deferred\nfatal error: no goroutines"));
  }
}

TEST_CASE("a panic that nobody recovers ends all goroutines") {
  const RunText run(R"(
func main() {
  defer println("main's")
  wait := make(chan int)
  go func() {
    defer println("its own")
    panic("boom")
  }()
  <-wait
})");
  CHECK(run.exit_code() == 2);
  CHECK(run.output() == "its own\npanic: boom\n");
  CHECK(run.events().back() == "1 skipped");
}

TEST_CASE("wrappers") {
  SUBCASE("promoted methods, method values and method expressions") {
    const RunText run(R"(
type inner struct{ n int }
func (i inner) get() int { return i.n }
func (i *inner) set(n int) { i.n = n }
type outer struct {
  pad string
  *inner
}
type both interface {
  get() int
  set(int)
}
func main() {
  o := outer{"", &inner{1}}
  var b both = o
  b.set(2)
  println(o.get(), b.get())
  get, set := o.get, b.set
  set(3)
  println(get(), b.get())
  println(outer.get(o), (*outer).get(&o), both.get(b))
})");
    CHECK(run.output() == "2 2\n2 3\n3 3 3\n");
  }
  SUBCASE("are no frames for recover") {
    const RunText run(R"(
type inner struct{}
func (inner) rescue() { println(recover().(int)) }
type outer struct{ inner }
type rescuer interface{ rescue() }
func direct() {
  defer outer{}.rescue()
  panic(1)
}
func throughPointer() {
  var r rescuer = &outer{}
  defer r.rescue()
  panic(2)
}
func bound() {
  rescue := rescuer(outer{}).rescue
  defer rescue()
  panic(3)
}
func expression() {
  defer outer.rescue(outer{})
  panic(4)
}
func main() {
  direct()
  throughPointer()
  bound()
  expression()
})");
    CHECK(run.exit_code() == 0);
    CHECK(run.output() == "1\n2\n3\n4\n");
  }
}

}  // namespace
}  // namespace gdlint::interp
