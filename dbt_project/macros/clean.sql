{# What the gate refuses in a name or title: control and bidirectional characters, tags, entities, Markdown emphasis, wiki brackets. The
   pattern is that of expectations/shared.py (a test compares them): what would break the rule is held back here, so that it is never met. #}
{% macro is_unclean(text) %}{{ jiqun.regex_found(text, '[\\x00-\\x1f\\x7f-\\x9f\\x{ad}\\x{200b}-\\x{200f}\\x{2028}-\\x{202e}\\x{2060}-\\x{2069}\\x{feff}]|<[/!a-zA-Z]|&[a-zA-Z]+;|&#|\\*\\*|__|\\[\\[|\\]\\(|`') }}{% endmacro %}

{# The text, or null where it is not clean. #}
{% macro clean_or_null(text) %}case when not {{ jiqun.is_unclean(text) }} then {{ text }} end{% endmacro %}

{# Whether a line holds something else than a print at the span it was read from; a line that is not there holds nothing. #}
{% macro is_elsewhere(printed, line, char_start, char_end) %}coalesce(substr({{ line }}, {{ char_start }} + 1, {{ char_end }} - {{ char_start }}), '') <> {{ printed }}{% endmacro %}
