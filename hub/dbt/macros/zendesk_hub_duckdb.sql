{# What dbt_zendesk lacks for DuckDB. Copy this file into the macros of your project: docs/models.md has the rest. #}
{% macro duckdb__timestamp_add(datepart, interval, from_timestamp) %}
(cast({{ from_timestamp }} as timestamp) + cast({{ interval }} as bigint) * interval '1 {{ datepart }}')
{% endmacro %}
{% macro duckdb__extract_support_role_changes(field) %}
{{ dbt.split_part(dbt.split_part(field, "'support role changed from '", 2), "chr(10)", 1) }}
{% endmacro %}
{% macro duckdb__get_partitioned_by(relation, temporary) %}{{ return(none) }}{% endmacro %}
