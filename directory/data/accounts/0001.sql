-- The first form of the file of accounts. Times are Unix seconds.

-- The key under which names tried, clients and recovery codes are hashed.
CREATE TABLE file_secret (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
);

-- Accounts are never deleted, only disabled: the log speaks of them by name, and a name must not pass to somebody else.
CREATE TABLE account (
    account_id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name                 TEXT NOT NULL UNIQUE,
    role                 TEXT NOT NULL,
    municipality         TEXT NOT NULL CHECK (municipality <> '' OR role = 'administrator'),
    disabled             INTEGER NOT NULL DEFAULT 0,
    password             TEXT NOT NULL, -- Argon2id with its salt and cost, as libsodium writes it
    must_change_password INTEGER NOT NULL,
    created_at           INTEGER NOT NULL,
    last_log_in_at       INTEGER,
    password_changed_at  INTEGER NOT NULL,
    totp_secret          BLOB,    -- in force
    totp_begun           BLOB,    -- shown, not confirmed yet
    totp_last_step       INTEGER  -- a code of this step or an earlier one was used and is not taken again
);

CREATE TABLE recovery_code (
    account_id INTEGER NOT NULL REFERENCES account,
    hash       BLOB NOT NULL,
    PRIMARY KEY (account_id, hash)
) WITHOUT ROWID;

CREATE TABLE session (
    token_hash            BLOB PRIMARY KEY,
    account_id            INTEGER NOT NULL REFERENCES account,
    created_at            INTEGER NOT NULL,
    seen_at               INTEGER NOT NULL,
    second_factor_pending INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_of_account ON session (account_id);

-- Failed log-ins by name and by client, both hashed: people type passwords where a name belongs.
CREATE TABLE failure (
    kind       TEXT NOT NULL CHECK (kind IN ('name', 'client')),
    hash       BLOB NOT NULL,
    count      INTEGER NOT NULL,
    last_at    INTEGER NOT NULL,
    wait_until INTEGER NOT NULL,
    PRIMARY KEY (kind, hash)
) WITHOUT ROWID;
CREATE INDEX failure_by_age ON failure (kind, last_at);

-- Names stand here as they were: what was done stays true when an account changes.
CREATE TABLE audit (
    audit_id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at           INTEGER NOT NULL,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL,
    municipality TEXT NOT NULL,
    action       TEXT NOT NULL,
    what         TEXT NOT NULL
);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
    SELECT raise(ABORT, 'the audit log is only added to');
END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN
    SELECT raise(ABORT, 'the audit log is only added to');
END;
-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE audit_id = new.audit_id) BEGIN
    SELECT raise(ABORT, 'the audit log is only added to');
END;
