-- How many bytes all files have: summed in the index.
create index evidence_bytes on evidence (bytes);
