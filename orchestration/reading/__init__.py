"""Documents to observations: bytes, lines, layouts. Pure functions; no Dagster, no database.

Where to look (`test_the_map_of_the_readers_names_each_of_their_modules`):

* The way of a document: `corpus`, `workers`, `kept`; `documents`, `encodings`, `sidecar`, `containers`; `reader`, `promises`.
* What is handed on: `observations`, `layout`, `records`, `table_records`, `ledger`, `keys`.
* What a word may be: `lexicon`, `gazetteer`, `place_words`, `places`; `trades`, `terms`, `industries`, `titles`, `renown`.
* Tables and lists: `layouts`, `text_tables`, `table`, `headers`, `columns`, `number_columns`, `alignment`, `furniture`,
  `list_lines`, `list_items`, `row_cuts`, `remarks`; `declared`, of both and of running text.
* Running text, before it is understood: `page`, `dates`, `sentences`, `clauses`, `voices`, `texts`.
* What it is about: `topics`, `homes`, `introductions`, `references`, `subjects`, `absent`.
* Clusters in it: `naming`, `names`, `names_english`, `names_chinese`, `pairs_chinese`, `mentions`, `unnamed`.
* What places make: `specialities`, `specialities_chinese`, `goods`, `shares`, `beside`, `chosen`.
* Contests: `contests`, `winners`.
* Figures: `figures`, `counts`, `limits`, `changes`, `labelled`; what is measured: `measures`, `signals`; of whom and when: `statements`,
  `owners`, `implied`, `periods`.
"""
