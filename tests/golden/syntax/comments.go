/* before everything */ // and a line comment
package /* inside the clause */ golden // behind the clause

/**/
//
/***/
/* // */
// /*
import /* a */ "fmt" /* b */

// Doc of f.
func /* 1 */ f /* 2 */ ( /* 3 */ a /* 4 */ int /* 5 */ , /* 6 */ b /* 7 */ ... /* 8 */ string /* 9 */ ) /* 10 */ ( /* 11 */ err error /* 12 */ ) /* 13 */ { /* 14 */
	/* statement */ a /* is */ = /* assigned */ a /* plus */ + /* one */ 1 /* here */ // end
	// between
	if /* if */ a /* > */ > /* 0 */ 0 /* then */ { // open
		return /* nothing */
	} /* no newline here */ else /* else */ { // open again
	} // close
	fmt /* fmt */ . /* dot */ Println /* call */ ( /* none */ )
	x := []int{ /* none yet */
		1, // one
		2 /* two */, /* comma */
		/* 3, */
		// last
	}
	_ = x[ /* low */ 1 /* colon */ : /* high */ 2 /* end */ ]
	return /* a comment that ends
	the line */ }
/* a */ type /* b */ T /* c */ = /* d */ struct /* e */ { /* f */ A /* g */ int /* h */ `tag` /* i */ } /* j */
var _ = /* multi
line */ 1
var _ = 1 /* multi
line */ var _ = 2
/*
 * stars ** and slashes // /* all inside **/
const c = 4 / /* divided */ 2 // */
//	tab
//go:not a directive
/* at the end, no newline */
