"""Straight from a CRM: what an export would hold, written as export files, which `playbook import` then reads."""
