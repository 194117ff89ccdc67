-- Everything Parley keeps in a broker database. Users' own tables live in other schemas.

CREATE SCHEMA PARLEY_STORE;

-- Never from row locks to a table lock: it would lock every conversation.
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.locks.escalationThreshold', '2147483647');
-- Seconds that a transaction waits before Derby looks for a dead-lock. At once the victim knows after 15 ms, not after a
-- second, and never gets a time-out instead; eight threads waiting for one row lose a fourth of their speed.
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.locks.deadlockTimeout', '0');
-- Seconds that it waits at all; set from the configuration at open.
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.locks.waitTimeout', '10');
-- No thread that scans the messages for statistics. With them, too, Derby may choose a scan where it always takes the
-- index without. Users update those of their own tables by SYSCS_UTIL.SYSCS_UPDATE_STATISTICS.
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.indexStats.auto', 'false');
-- Bytes of log between checkpoints, each of which forces every changed file; recovery after a kill reads as much. 1 to
-- 128 MB were equally fast with eight threads, so it is Derby's own value, which keeps recovery and log short.
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.checkpointInterval', '10000000');
-- The engine's statements and users' need room side by side; by default 100.
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.language.statementCache.size', '300');

-- One row: which scripts have been applied, and who this database is. BROKER is null in the template only.
CREATE TABLE PARLEY_STORE.DATABASE (
    SCHEMA_VERSION INT NOT NULL,
    BROKER CHAR(16) FOR BIT DATA
);

-- Numbers that are never given twice. Locked by name, so that the two never wait for each other.
CREATE TABLE PARLEY_STORE.COUNTERS (
    NAME VARCHAR(32) NOT NULL CONSTRAINT PARLEY_STORE.COUNTERS_KEY PRIMARY KEY,
    LAST_GIVEN BIGINT NOT NULL
);
INSERT INTO PARLEY_STORE.COUNTERS VALUES ('CONVERSATION', 0), ('CATALOG', 65535);

CREATE TABLE PARLEY_STORE.MESSAGE_TYPES (
    ID INT NOT NULL CONSTRAINT PARLEY_STORE.MESSAGE_TYPES_KEY PRIMARY KEY,
    NAME VARCHAR(256) NOT NULL,
    VALIDATION VARCHAR(32) NOT NULL
);
CREATE TABLE PARLEY_STORE.CONTRACTS (
    ID INT NOT NULL CONSTRAINT PARLEY_STORE.CONTRACTS_KEY PRIMARY KEY,
    NAME VARCHAR(256) NOT NULL
);
CREATE TABLE PARLEY_STORE.CONTRACT_TYPES (
    CONTRACT INT NOT NULL,
    MESSAGE_TYPE INT NOT NULL,
    SENT_BY VARCHAR(16) NOT NULL,
    CONSTRAINT PARLEY_STORE.CONTRACT_TYPES_KEY PRIMARY KEY (CONTRACT, MESSAGE_TYPE)
);
CREATE TABLE PARLEY_STORE.QUEUES (
    ID INT NOT NULL CONSTRAINT PARLEY_STORE.QUEUES_KEY PRIMARY KEY,
    NAME VARCHAR(256) NOT NULL,
    IS_ON BOOLEAN NOT NULL
);
CREATE TABLE PARLEY_STORE.SERVICES (
    ID INT NOT NULL CONSTRAINT PARLEY_STORE.SERVICES_KEY PRIMARY KEY,
    NAME VARCHAR(256) NOT NULL,
    QUEUE INT NOT NULL
);
CREATE TABLE PARLEY_STORE.SERVICE_CONTRACTS (
    SERVICE INT NOT NULL,
    CONTRACT INT NOT NULL,
    CONSTRAINT PARLEY_STORE.SERVICE_CONTRACTS_KEY PRIMARY KEY (SERVICE, CONTRACT)
);

-- Principals and permissions. Ids of objects are those above; what has no owner here belongs to dbo. VERIFIER is a salted
-- digest of the password, null for a user without one.
CREATE TABLE PARLEY_STORE.USERS (
    ID INT NOT NULL CONSTRAINT PARLEY_STORE.USERS_KEY PRIMARY KEY,
    NAME VARCHAR(256) NOT NULL,
    VERIFIER VARCHAR(256)
);
CREATE TABLE PARLEY_STORE.ROLE_MEMBERS (
    ROLE_ID INT NOT NULL,
    USER_ID INT NOT NULL,
    CONSTRAINT PARLEY_STORE.ROLE_MEMBERS_KEY PRIMARY KEY (ROLE_ID, USER_ID)
);
CREATE TABLE PARLEY_STORE.OWNERS (
    OBJECT INT NOT NULL CONSTRAINT PARLEY_STORE.OWNERS_KEY PRIMARY KEY,
    USER_ID INT NOT NULL
);
CREATE TABLE PARLEY_STORE.PERMISSIONS (
    OBJECT INT NOT NULL,
    PRINCIPAL INT NOT NULL,
    PERMISSION VARCHAR(32) NOT NULL,
    GRANTED BOOLEAN NOT NULL,
    CONSTRAINT PARLEY_STORE.PERMISSIONS_KEY PRIMARY KEY (OBJECT, PRINCIPAL, PERMISSION)
);

-- SCATTER, here and below, is a hash of the rest of the key. Derby gives emptied index pages back only when nobody uses the
-- table: keys that grow for ever would leave them behind, scattered ones use them again.
CREATE TABLE PARLEY_STORE.ENDPOINTS (
    SCATTER INT NOT NULL,
    ID BIGINT NOT NULL,
    HANDLE CHAR(16) FOR BIT DATA NOT NULL,
    CONVERSATION CHAR(16) FOR BIT DATA NOT NULL,
    SERVICE INT NOT NULL,
    CONTRACT INT NOT NULL,
    CONVERSATION_GROUP CHAR(16) FOR BIT DATA NOT NULL,
    FAR_SERVICE VARCHAR(256) NOT NULL,
    FAR_BROKER CHAR(16) FOR BIT DATA,
    ENCRYPTED BOOLEAN NOT NULL,
    PRIORITY SMALLINT NOT NULL,
    LIFETIME BIGINT NOT NULL,
    STAGE CHAR(1) NOT NULL,
    RECEIVED BIGINT NOT NULL,
    CONSTRAINT PARLEY_STORE.ENDPOINTS_KEY PRIMARY KEY (SCATTER, ID)
);

-- All messages of all queues. BODY holds bodies that fit beside the row; longer ones lie in BODIES. The longest row fits
-- on one page, and no room is kept for rows to grow, as none ever does.
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.pageSize', '32768');
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.pageReservedSpace', '0');
CREATE TABLE PARLEY_STORE.MESSAGES (
    SCATTER INT NOT NULL,
    ENDPOINT BIGINT NOT NULL,
    POSITION BIGINT NOT NULL,
    MESSAGE_TYPE INT NOT NULL,
    SEQUENCE BIGINT NOT NULL,
    QUEUING_ORDER BIGINT NOT NULL,
    ENQUEUED BIGINT NOT NULL,
    BODY_LENGTH INT NOT NULL,
    BODY VARCHAR(32672) FOR BIT DATA
);
CREATE TABLE PARLEY_STORE.BODIES (
    SCATTER INT NOT NULL,
    ENDPOINT BIGINT NOT NULL,
    POSITION BIGINT NOT NULL,
    BODY BLOB NOT NULL
);
ALTER TABLE PARLEY_STORE.MESSAGES ADD CONSTRAINT PARLEY_STORE.MESSAGES_KEY PRIMARY KEY (SCATTER, ENDPOINT, POSITION);
ALTER TABLE PARLEY_STORE.BODIES ADD CONSTRAINT PARLEY_STORE.BODIES_KEY PRIMARY KEY (SCATTER, ENDPOINT, POSITION);
-- All others, also users' tables, get Derby's own page size.
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.pageSize', NULL);
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.pageReservedSpace', NULL);

CREATE TABLE PARLEY_STORE.TIMERS (
    SCATTER INT NOT NULL,
    ENDPOINT BIGINT NOT NULL,
    DUE BIGINT NOT NULL,
    CONSTRAINT PARLEY_STORE.TIMERS_KEY PRIMARY KEY (SCATTER, ENDPOINT)
);

-- What an endpoint whose other side is in another database knows of it. Written by the engine's own transactions only.
CREATE TABLE PARLEY_STORE.TRANSITS (
    SCATTER INT NOT NULL,
    ENDPOINT BIGINT NOT NULL,
    FAR_BROKER CHAR(16) FOR BIT DATA NOT NULL,
    ACKNOWLEDGED BIGINT NOT NULL,
    END_POSITION BIGINT NOT NULL,
    CONSTRAINT PARLEY_STORE.TRANSITS_KEY PRIMARY KEY (SCATTER, ENDPOINT)
);

-- What prepared branches have done. Few rows, each written and deleted by its own branch.
CREATE TABLE PARLEY_STORE.MANIFESTS (
    SCATTER INT NOT NULL,
    GLOBAL_ID VARCHAR(64) FOR BIT DATA NOT NULL,
    QUALIFIER VARCHAR(64) FOR BIT DATA NOT NULL,
    FORMAT_ID INT NOT NULL,
    CONTENT BLOB NOT NULL,
    CONSTRAINT PARLEY_STORE.MANIFESTS_KEY PRIMARY KEY (SCATTER, GLOBAL_ID, QUALIFIER, FORMAT_ID)
);

-- The JVM may run another Derby: what is set for that one must not change this database.
CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.database.propertiesOnly', 'true');
