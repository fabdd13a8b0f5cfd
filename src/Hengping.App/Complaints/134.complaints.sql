-- The priority without regard to others' cases, which the parties read. Of rows from before it is the same.
alter table complaints add column priority_alone text null;
