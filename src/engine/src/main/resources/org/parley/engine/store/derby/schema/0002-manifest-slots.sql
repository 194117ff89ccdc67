-- What prepared branches have done: each writes over what an earlier one has left in a slot, and nothing is deleted. There are as
-- many rows as branches ever were prepared at a time. LEFT_* is the Xid of what was committed in the slot before, null when
-- nothing was. Each row has a page to itself: one that grows finds its room there, and nobody else is on it.
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.minimumRecordSize', '3000');
CREATE TABLE PARLEY_STORE.MANIFEST_SLOTS (
    SLOT INT NOT NULL CONSTRAINT PARLEY_STORE.MANIFEST_SLOTS_KEY PRIMARY KEY,
    NUMBER BIGINT NOT NULL,
    FORMAT_ID INT NOT NULL,
    GLOBAL_ID VARCHAR(64) FOR BIT DATA NOT NULL,
    QUALIFIER VARCHAR(64) FOR BIT DATA NOT NULL,
    LEFT_FORMAT_ID INT,
    LEFT_GLOBAL_ID VARCHAR(64) FOR BIT DATA,
    LEFT_QUALIFIER VARCHAR(64) FOR BIT DATA,
    CONTENT BLOB NOT NULL
);
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.minimumRecordSize', NULL);

-- Those that are in doubt, and others that don't matter: nobody reads the old table again. Whatever the outcome, the copy stays.
INSERT INTO PARLEY_STORE.MANIFEST_SLOTS
    SELECT ROW_NUMBER() OVER (), ROW_NUMBER() OVER (), FORMAT_ID, GLOBAL_ID, QUALIFIER, FORMAT_ID, GLOBAL_ID, QUALIFIER, CONTENT
    FROM PARLEY_STORE.MANIFESTS;
