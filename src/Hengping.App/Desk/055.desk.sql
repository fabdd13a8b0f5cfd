-- 待发决定: what was decided at the desk and waits to go out, and what became of it. Its words lie sealed in the log.
create table desk_decisions (
  id uuid primary key,
  complaint uuid not null,
  account uuid not null,
  verb text not null,
  state text not null,
  send_at bigint not null,
  ended_at bigint null,
  code text null
);
create index desk_decisions_due on desk_decisions (state, send_at);
create index desk_decisions_account on desk_decisions (account, ended_at);
create index desk_decisions_complaint on desk_decisions (complaint);
