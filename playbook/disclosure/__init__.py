"""What leaves the company for a manager's folder: the own team's rows, and of others only what gives nobody away.

All that a folder holds of people outside its team passes here (`folders.Folders`), by the rules of one module
(`rules`). `docs/privacy.md` says them in words.
"""
