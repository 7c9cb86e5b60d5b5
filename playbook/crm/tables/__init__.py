"""Values to canonical tables: deals, people, stages, history, activities, quotas."""
