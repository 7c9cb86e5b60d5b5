"""From a company to every manager's workbook: rosters, the chapters' runs, the pages, the manifest."""
