package func // want
