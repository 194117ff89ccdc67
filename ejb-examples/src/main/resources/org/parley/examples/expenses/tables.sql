CREATE SCHEMA expenses;

-- The client's book. Line n of a dialog is its message number n, and answer number n is about it.
CREATE TABLE expenses.expense (
    id BIGINT NOT NULL PRIMARY KEY,
    conversation_id CHAR(36) NOT NULL,
    line BIGINT NOT NULL,
    line_count BIGINT NOT NULL,
    employee VARCHAR(60) NOT NULL,
    purpose VARCHAR(200) NOT NULL,
    amount DECIMAL(10, 2) NOT NULL,
    submitted_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    answer VARCHAR(8),
    reason VARCHAR(3000),
    answered_at TIMESTAMP,
    UNIQUE (conversation_id, line)
);
CREATE INDEX expenses.expense_latest ON expenses.expense (id DESC);

-- The desk's book. A second booking of the same line would break the second key, loudly.
CREATE TABLE expenses.booking (
    number BIGINT NOT NULL PRIMARY KEY,
    conversation_id CHAR(36) NOT NULL,
    line BIGINT NOT NULL,
    employee VARCHAR(60) NOT NULL,
    amount DECIMAL(10, 2) NOT NULL,
    booked_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (conversation_id, line)
);

-- What both sides did, in the order they did it, for the page to tell.
CREATE TABLE expenses.journal (
    entry BIGINT NOT NULL PRIMARY KEY,
    conversation_id CHAR(36) NOT NULL,
    service VARCHAR(128) NOT NULL,
    event VARCHAR(8) NOT NULL,
    message_type VARCHAR(128),
    sequence_number BIGINT,
    text VARCHAR(4000),
    recorded_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX expenses.journal_of_conversation ON expenses.journal (conversation_id, entry);
