create table merchant_claims (
  id uuid primary key,
  merchant uuid not null,
  state text not null,
  licence uuid not null,
  asked_at bigint not null
);
create index merchant_claims_state on merchant_claims (state, asked_at);
create index merchant_claims_licence on merchant_claims (licence);

-- One-time codes are no facts: they live for minutes and are gone after use.
create table claim_codes (
  claim uuid primary key,
  code_hash text not null,
  tries integer not null
);
