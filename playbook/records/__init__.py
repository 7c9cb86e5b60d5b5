"""How each rep's CRM record is kept, measured from the data itself; no verdict on how they sell, and no score."""
