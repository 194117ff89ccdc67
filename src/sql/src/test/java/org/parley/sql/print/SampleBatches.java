package org.parley.sql.print;

import java.util.List;

/** Batches that are right: some as people write them, and as many random ones as wanted. */
public final class SampleBatches {

    /** Written by hand; together they have each statement and each clause. */
    public static final List<String> HAND_WRITTEN = List.of("""
            USE TargetDB;
            IF NOT EXISTS (SELECT 1 FROM sys.service_message_types WHERE name = N'//Parley/Request')
                CREATE MESSAGE TYPE [//Parley/Request] VALIDATION = WELL_FORMED_XML;
            CREATE MESSAGE TYPE [//Parley/Reply] AUTHORIZATION dbo VALIDATION = VALID_XML WITH SCHEMA COLLECTION dbo.Replies
            ALTER MESSAGE TYPE [//Parley/Reply] VALIDATION = NONE
            CREATE CONTRACT [//Parley/Contract] ([//Parley/Request] SENT BY INITIATOR, [DEFAULT] SENT BY ANY);
            DROP CONTRACT "//Parley/Contract" DROP MASTER KEY DROP PROCEDURE IF EXISTS a, dbo.b
            """, """
            CREATE QUEUE dbo.TargetQueue WITH STATUS = ON, RETENTION = OFF, REDELIVERY_DELAY = 500,
                ACTIVATION (STATUS = ON, PROCEDURE_NAME = dbo.Reader, MAX_QUEUE_READERS = 5, EXECUTE AS 'someone'),
                POISON_MESSAGE_HANDLING (STATUS = ON, ACTION = SUSPEND_GROUP) ON [DEFAULT];
            ALTER QUEUE TargetQueue WITH ACTIVATION (DROP)
            ALTER QUEUE TargetQueue REBUILD WITH (MAXDOP = 2) ALTER QUEUE TargetQueue REORGANIZE WITH (LOB_COMPACTION = OFF)
            ALTER QUEUE TargetQueue MOVE TO [PRIMARY]
            CREATE SERVICE [//Parley/Target] ON QUEUE TargetQueue ([//Parley/Contract], [DEFAULT]);
            ALTER SERVICE [//Parley/Target] ON QUEUE dbo.Other (ADD CONTRACT a, DROP CONTRACT [b])
            """, """
            CREATE ROUTE r AUTHORIZATION dbo WITH SERVICE_NAME = '//Parley/Target', BROKER_INSTANCE = 'x', LIFETIME = 60,
                ADDRESS = 'TCP://host:4022', MIRROR_ADDRESS = 'TCP://other:4022'
            ALTER ROUTE r WITH ADDRESS = 'LOCAL'
            CREATE REMOTE SERVICE BINDING b TO SERVICE '//Parley/Target' WITH USER = u, ANONYMOUS = ON
            ALTER REMOTE SERVICE BINDING b WITH ANONYMOUS = OFF
            CREATE BROKER PRIORITY p FOR CONVERSATION SET (CONTRACT_NAME = ANY, LOCAL_SERVICE_NAME = [ANY],
                REMOTE_SERVICE_NAME = N'x', PRIORITY_LEVEL = 7)
            ALTER BROKER PRIORITY p FOR CONVERSATION SET (PRIORITY_LEVEL = DEFAULT)
            CREATE EVENT NOTIFICATION n ON QUEUE q WITH FAN_IN FOR QUEUE_ACTIVATION, BROKER_QUEUE_DISABLED
                TO SERVICE 'x', 'current database'
            DROP EVENT NOTIFICATION n, m ON SERVER
            CREATE XML SCHEMA COLLECTION dbo.Replies AS N'<xsd:schema/>' ALTER XML SCHEMA COLLECTION Replies ADD @more
            """, """
            DECLARE @h uniqueidentifier, @body nvarchar(max) = N'it''s', @amount AS decimal(10, 2),
                @t TABLE (a int IDENTITY(1, -1) NOT NULL PRIMARY KEY CLUSTERED, b xml(dbo.c) NULL DEFAULT NULL,
                    CONSTRAINT k UNIQUE (a ASC, b DESC), CHECK (a > 0), FOREIGN KEY (b) REFERENCES o (x) ON DELETE SET NULL)
            BEGIN DIALOG @h FROM SERVICE [//a] TO SERVICE '//b', 'CURRENT DATABASE' ON CONTRACT c
                WITH RELATED_CONVERSATION = @x LIFETIME = 600, ENCRYPTION = OFF;
            SEND ON CONVERSATION (@h, @h2) MESSAGE TYPE @type (@body);
            WAITFOR (RECEIVE TOP (10) conversation_handle AS h, CAST(message_body AS xml).value('(/a)[1]', 'int') AS v,
                q.*, x = @a FROM db..TargetQueue INTO @t WHERE conversation_group_id = @g), TIMEOUT 1000;
            GET CONVERSATION GROUP @g FROM dbo.TargetQueue;
            MOVE CONVERSATION @h TO 'a326e034-d4cf-4e8b-8d98-4d7e1926c904';
            BEGIN CONVERSATION TIMER (@h) TIMEOUT = 60 * 2
            END CONVERSATION @h WITH ERROR = 4711 DESCRIPTION = N'why' END CONVERSATION @h WITH CLEANUP
            """, """
            WHILE @done = 0
            BEGIN
                BEGIN TRY
                    BEGIN TRANSACTION a;
                    IF @@ROWCOUNT = 0 BREAK; ELSE IF NOT (@a = 1 OR @b LIKE 'x!%' ESCAPE '!') CONTINUE ELSE RETURN -1
                    SAVE TRAN b ROLLBACK TRAN b COMMIT WORK
                END TRY
                BEGIN CATCH
                    PRINT 'Failed: ' + CAST(ERROR_NUMBER() AS varchar(10)) + ' ' + ERROR_MESSAGE();
                    IF @@TRANCOUNT > 0 ROLLBACK;
                    RAISERROR (N'%s', 16, 1, @text, 5) WITH NOWAIT, LOG;
                    THROW 50000, 'x', 1; THROW;
                END CATCH
            END
            SET NOCOUNT, XACT_ABORT ON SET TRANSACTION ISOLATION LEVEL READ COMMITTED SET LOCK_TIMEOUT -1 SET @a += 1
            EXEC @r = dbo.p EXECUTE ('SELECT ' + @x) EXECUTE AS USER = 'u' REVERT WAITFOR DELAY '00:00:05'
            """, """
            SELECT DISTINCT TOP 5 t.*, @v = a + -b * ~c, 'x' = CASE a WHEN 1 THEN 2 ELSE NULL END, COUNT(*), x AS [y z]
            INTO #n FROM dbo.t AS t WITH (NOLOCK), (SELECT 1 AS a UNION ALL SELECT 2 EXCEPT (SELECT 3)) AS d (a)
                LEFT OUTER JOIN u (NOLOCK) CROSS JOIN v ON t.a = u.a
            WHERE a IS NOT NULL AND b IN (1, 2) AND c NOT BETWEEN 1 AND 2 OR EXISTS (SELECT * FROM db..x) AND d IN (SELECT 1)
            GROUP BY a, b HAVING SUM(DISTINCT a) <> 5 ORDER BY a DESC, b ASC OFFSET 5 ROWS FETCH NEXT 5 ROWS ONLY
            INSERT INTO dbo.t (a, [b]) VALUES (1, DEFAULT), (N'x', 0xCAFE) INSERT t SELECT 1 INSERT @t DEFAULT VALUES
            UPDATE TOP (5) t SET a = 1, @x = b += 2 FROM t JOIN u ON 1 = 1 WHERE a !< 5 DELETE t WHERE CURRENT_TIMESTAMP > a
            TRUNCATE TABLE t CREATE TABLE t (a int) DROP TABLE IF EXISTS t, u CREATE UNIQUE INDEX i ON t (a DESC)
            DROP INDEX i ON t
            """, """
            CREATE OR ALTER PROCEDURE dbo.Reader (@a int = 5, @b xml OUTPUT) WITH EXECUTE AS OWNER AS
                SET NOCOUNT ON; RETURN 5;
            """, """
            CREATE DATABASE d ON PRIMARY (NAME = a, FILENAME = 'a.mdf', SIZE = 10MB) LOG ON (NAME = [b]) FOR ATTACH
                WITH ENABLE_BROKER, TRUSTWORTHY ON
            ALTER DATABASE CURRENT SET NEW_BROKER, HONOR_BROKER_PRIORITY OFF WITH ROLLBACK AFTER 5 SECONDS
            CREATE ENDPOINT e AUTHORIZATION l STATE = STARTED AS TCP (LISTENER_PORT = 4022, LISTENER_IP = (10.0.0.1))
                FOR SERVICE_BROKER (AUTHENTICATION = CERTIFICATE c WINDOWS NTLM, ENCRYPTION = REQUIRED ALGORITHM AES RC4,
                    MESSAGE_FORWARDING = ENABLED, MESSAGE_FORWARD_SIZE = 10)
            ALTER ENDPOINT e STATE = STOPPED
            CREATE USER a WITHOUT LOGIN CREATE USER b FOR LOGIN b WITH DEFAULT_SCHEMA = dbo CREATE USER c WITH PASSWORD = 'x'
            ALTER USER a WITH PASSWORD = 'y' CREATE LOGIN l WITH PASSWORD = 'x' ALTER LOGIN l DISABLE
            ALTER ROLE db_owner ADD MEMBER a
            GRANT SEND, VIEW DEFINITION ON SERVICE::[//x] TO PUBLIC, a WITH GRANT OPTION DENY RECEIVE ON q TO a CASCADE
            REVOKE GRANT OPTION FOR CREATE QUEUE FROM a CASCADE ALTER AUTHORIZATION ON QUEUE::dbo.q TO SCHEMA OWNER
            CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'x' ALTER MASTER KEY FORCE REGENERATE WITH ENCRYPTION BY PASSWORD = 'x'
            ALTER MASTER KEY ADD ENCRYPTION BY SERVICE MASTER KEY OPEN MASTER KEY DECRYPTION BY PASSWORD = 'x' CLOSE MASTER KEY
            CREATE CERTIFICATE c AUTHORIZATION a WITH SUBJECT = 's', EXPIRY_DATE = '20300101' ACTIVE FOR BEGIN_DIALOG = ON
            CREATE CERTIFICATE c FROM FILE = 'c' WITH PRIVATE KEY (FILE = 'k', DECRYPTION BY PASSWORD = 'x')
            ALTER CERTIFICATE c WITH ACTIVE FOR BEGIN_DIALOG = OFF BACKUP CERTIFICATE c TO FILE = 'c'
            """);

    private SampleBatches() {}

    /** The text of a random batch. */
    public static String random(long seed) {
        return Printer.print(new RandomStatements(seed).batch());
    }
}
