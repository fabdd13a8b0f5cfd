drop index desk_decisions_due;
create index desk_decisions_due on desk_decisions (state, send_at, id);
