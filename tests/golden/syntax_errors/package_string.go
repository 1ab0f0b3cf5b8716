package "golden" // want
