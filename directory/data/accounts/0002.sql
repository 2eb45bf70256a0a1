-- What is settled for a whole file. Files made before there was a choice have the higher effort.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
INSERT INTO setting (name, value) VALUES ('password_effort', 'moderate');
