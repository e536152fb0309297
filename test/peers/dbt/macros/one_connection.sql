{# dbt_zendesk 1.7.0 calls three macros that fivetran_utils 0.4.10, which this test has, does not know: for one connection. #}
{% macro union_connections(connection_dictionary, single_source_name, single_table_name, default_identifier=none) %}
{%- set name = var(single_source_name ~ '_' ~ single_table_name ~ '_identifier', default_identifier or single_table_name) -%}
{%- set here = source(single_source_name, single_table_name) -%}
{%- if adapter.get_relation(database=here.database, schema=here.schema, identifier=name) is none -%}
select cast(null as {{ dbt.type_string() }}) as _dbt_source_relation limit 0
{%- else -%}
select * from {{ here }} as one_table
{%- endif %}
{% endmacro %}
{% macro apply_source_relation(package_name, use_package_prefix=true) %}
, cast('{{ var(package_name ~ "_schema", package_name) }}' as {{ dbt.type_string() }}) as source_relation
{% endmacro %}
{% macro partition_by_source_relation(package_name, has_other_partitions='yes', alias=none, package_prefix_union_variable=true) %}{% endmacro %}
