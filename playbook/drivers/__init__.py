"""What can stop a rep closing, one file each: what is counted, its nouns, unit, margin, price, and where to look.

The folder is the list: `registry` finds every file, `driver` says what each must hold, `observing` measures them all.
"""
