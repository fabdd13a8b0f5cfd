-- Under a legal hold: neither age nor its reporter's wish erases the report.
alter table reports add column held boolean not null default false;
