"""Straight from a CRM: reads what an export would hold and writes it as export files, which `playbook import` then reads."""
