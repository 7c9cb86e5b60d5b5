"""Text to values, column by column: days, amounts, words, ids, periods."""
