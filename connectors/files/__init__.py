"""Files as rows: CSV, JSON Lines and workbooks.

It lends a reader of each form, and the form itself: where in a file the table stands.
"""

from connectors.files.tables import TableForm
from connectors.files.text_files import Rows, csv_rows, jsonl_rows
from connectors.files.workbooks import workbook_rows

__all__ = ["Rows", "TableForm", "csv_rows", "jsonl_rows", "workbook_rows"]
