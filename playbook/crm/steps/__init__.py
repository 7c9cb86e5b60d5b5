"""The import step by step, each rule once: applied to pieces of rows, with facts that are asked of all rows."""
