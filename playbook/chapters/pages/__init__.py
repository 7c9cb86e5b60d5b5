"""Pages beside the chapters: the cover of a workbook and the agenda of a 1:1."""
