-- Migration 1. Documents as published; versions, paragraphs, passages and sentences as read; vectors by text and model.
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
  id TEXT PRIMARY KEY, path TEXT NOT NULL, fingerprint TEXT NOT NULL, version TEXT NOT NULL, metadata TEXT NOT NULL
);
CREATE TABLE staged (
  id TEXT PRIMARY KEY, path TEXT NOT NULL, fingerprint TEXT NOT NULL, version TEXT NOT NULL, metadata TEXT NOT NULL
);
CREATE TABLE versions (
  document_id TEXT NOT NULL, version TEXT NOT NULL, metadata TEXT NOT NULL, text TEXT NOT NULL, first_seen TEXT NOT NULL,
  PRIMARY KEY (document_id, version)
);
CREATE TABLE paragraphs (
  document_id TEXT NOT NULL, version TEXT NOT NULL, number INTEGER NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (document_id, version, number),
  FOREIGN KEY (document_id, version) REFERENCES versions (document_id, version)
) WITHOUT ROWID;
CREATE TABLE passages (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL, key TEXT NOT NULL, document_id TEXT NOT NULL, version TEXT NOT NULL,
  current INTEGER NOT NULL DEFAULT 0, staged INTEGER NOT NULL DEFAULT 0, value TEXT NOT NULL, UNIQUE (id, key),
  FOREIGN KEY (document_id, version) REFERENCES versions (document_id, version)
);
CREATE INDEX passages_by_document ON passages (document_id, version);
CREATE INDEX passages_current ON passages (current) WHERE current = 1;
CREATE INDEX passages_staged ON passages (staged) WHERE staged = 1;
CREATE TABLE sentences (
  passage INTEGER NOT NULL REFERENCES passages (row), number INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (passage, number)
) WITHOUT ROWID;
CREATE TABLE vectors (
  key TEXT NOT NULL, embedder TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (key, embedder)
) WITHOUT ROWID;
CREATE TABLE runs (id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, summary TEXT);
CREATE TABLE feedback (
  id INTEGER PRIMARY KEY, given TEXT NOT NULL, reply_id TEXT NOT NULL, helpful INTEGER NOT NULL, reason TEXT, comment TEXT
);
CREATE VIRTUAL TABLE words USING fts5(prefix, body, tokenize = "porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE stems USING fts5vocab(words, 'row');
