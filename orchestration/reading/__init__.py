"""Documents to observations: bytes, lines, layouts. Pure functions; no Dagster, no database.

Here the way of a document: `corpus`, `workers`, `kept`; `documents`, `encodings`, `dates`, `sidecar`; `reader`, `promises`; and what is
handed on: `observations`, `layout`, `records`, `keys`. What reads stands in folders, each on those above it
(`test_the_readers_stand_as_their_map_says`):

* containers/ (a file's text, lines and tables): `contents`, `archive`, `front`; one a media type: `delimited`, `html`, `json_yaml`,
  `markdown`, `pdf`, `plain`, `spreadsheet`, `word`.
* words/ (what a word may be): `lexicon`, `gazetteer`, `place_words`, `places`; `trades`, `terms`, `goods`, `shares`, `renown`.
* phrases/ (what a few words may be): `names`, `names_english`, `names_chinese`, `pairs_chinese`, `unnamed`, `titles`, `introductions`,
  `contests`; `figures`, `counts`, `changes`, what these measure: `measures`, `signals`.
* text/ (running text in sentences): `page`, `sentences`, `clauses`, `texts`, `voices`, `absent`, `genres`.
* context/ (what a text speaks of): `topics`, `homes`, `references`, `subjects`, `owners`.
* clusters/ (in running text): `mentions`, `naming`; what places make: `specialities`, `specialities_chinese`, `beside`, `apart`,
  `chosen`; `winners`; `ledger`.
* tables/ (and lists): `text_tables`, `table`, `table_records`, `headers`, `columns`, `number_columns`, `table_years`, `industries`,
  `alignment`, `furniture`, `list_lines`, `list_items`, `row_cuts`, `remarks`; `declared`, of running text too.
* statistics/ (figures in running text): `statements`, `labelled`; of whom, when and above which size: `implied`, `periods`, `limits`.
* layouts/ (whole documents): `tab_table`, `grid`, `listing`, `prose`; `around`, of what stands around a table; `passed_over`, asked last.
"""
