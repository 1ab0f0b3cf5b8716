


	   package   golden	;	import(  "fmt"
)


func
f(
a int,
b string,
)(
c int){
a =
1+
2*(
3)
if
a==
1{
}
	return	a	}
   			   func g(){for i:=0;i<1;i++{if i==0{continue}else if i==1{break}else{goto L}
L:switch{case true:fallthrough;default:}}}
type   T   struct   {   a   ,   b   int   ;   c   string   }
var x=[]int{1,2,3}[1:2][0];var y=map[string]int{"a":1,}["a"];const(z=iota;w)
var(a1=1;b1=2
c1=3)
func(t*T)m()(*T,error){return t,nil};func h(a...int)(){}
func i(){x:=func(){};x();defer x();go x();y:=<-ch;ch<-y;*p=**q;a:=&b;c:=!d&&!e||-f<+g;_,_,_=a,c,x.(type_)}
