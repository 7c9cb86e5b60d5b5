"""Player to Coach: a coaching playbook and training kit for people who now lead people who sell."""

__version__ = "0.1.0"
