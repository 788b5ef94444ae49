-- Migration 2. Of a version: the kept copy of its file, and what reading it brought up. Of a reply: what it cited.
ALTER TABLE versions ADD COLUMN original TEXT;
ALTER TABLE versions ADD COLUMN remarks TEXT NOT NULL DEFAULT '[]';
CREATE TABLE unread (path TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE replies (reply_id TEXT PRIMARY KEY, given TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE cited (
  reply_id TEXT NOT NULL REFERENCES replies (reply_id) ON DELETE CASCADE,
  document_id TEXT NOT NULL, version TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, quote TEXT NOT NULL,
  PRIMARY KEY (reply_id, document_id, version, first, last)
) WITHOUT ROWID;
CREATE INDEX cited_by_document ON cited (document_id);
