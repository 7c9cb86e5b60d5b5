"""What each chapter shows: a team in, sentences, tables, pictures and worksheets out; one module per chapter."""
