-- An upgrade that changes a table which prepared transactions have rows in.
ALTER TABLE PARLEY_STORE.MESSAGES ADD COLUMN ADDED INT DEFAULT 7 NOT NULL;
