create table evidence (
  id uuid primary key,
  uploader uuid not null,
  media_type text not null,
  bytes bigint not null,
  sha256 text not null,
  file text not null
);
create index evidence_uploader on evidence (uploader);
