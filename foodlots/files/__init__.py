"""Files in and out: CSV, Excel workbooks and TOML as text, with row numbers true to the spreadsheet."""
