"""The company's own earlier list of these clients, moved into the register on the first day (C22).

From the file upwards: `csv_file` and `xlsx_file` read it into a `table`; `columns` says what its
columns are, `cells` what stands in them; `rows` reads each row with what the register offers,
`comparing` says what is new, and `entering` enters it, all or nothing. `kept` holds an upload
meanwhile.
"""
