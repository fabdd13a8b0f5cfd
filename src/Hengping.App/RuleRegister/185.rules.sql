-- The Shanghai day on which a version that was in force before was recorded; null for the register's own.
alter table rule_versions add column recorded_on text null;
