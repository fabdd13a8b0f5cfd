-- What a form was answered, under the address its browser was sent to: no facts, gone within the hour. A row is found
-- and opened by a key that lies in the browser's cookie alone; whose it is, and which page, nobody sees here.
create table shown_pages (
  print text primary key,
  browser text not null,
  nth integer not null,
  ends_at bigint not null,
  box bytea not null
);
create index shown_pages_browser on shown_pages (browser, nth);
create index shown_pages_end on shown_pages (ends_at);
