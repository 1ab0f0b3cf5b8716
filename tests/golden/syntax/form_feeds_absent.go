package golden
	 	 
 

var a	=  1	
 	