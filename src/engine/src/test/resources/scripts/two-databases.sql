-- A conversation between two databases of one server: types and contract in both, request, reply, both ends.
CREATE DATABASE InitiatorDB;
CREATE DATABASE TargetDB;
GO
ALTER DATABASE InitiatorDB SET TRUSTWORTHY ON;
GO
USE TargetDB;
GO
CREATE MASTER KEY ENCRYPTION BY PASSWORD = N'target, long enough 1!';
GO
CREATE MESSAGE TYPE [//Both/Request] VALIDATION = WELL_FORMED_XML;
CREATE MESSAGE TYPE [//Both/Reply] VALIDATION = WELL_FORMED_XML;
GO
CREATE CONTRACT [//Both/Plain]
    ([//Both/Request] SENT BY INITIATOR,
     [//Both/Reply] SENT BY TARGET);
GO
CREATE QUEUE TargetQueue;
CREATE SERVICE [//Target/Service] AUTHORIZATION dbo ON QUEUE TargetQueue ([//Both/Plain]);
GO
USE InitiatorDB;
GO
CREATE MASTER KEY ENCRYPTION BY PASSWORD = N'initiator, long enough 1!';
GO
CREATE MESSAGE TYPE [//Both/Request] VALIDATION = WELL_FORMED_XML;
CREATE MESSAGE TYPE [//Both/Reply] VALIDATION = WELL_FORMED_XML;
GO
CREATE CONTRACT [//Both/Plain]
    ([//Both/Request] SENT BY INITIATOR,
     [//Both/Reply] SENT BY TARGET);
GO
CREATE QUEUE InitiatorQueue WITH STATUS = ON;
CREATE SERVICE [//Initiator/Service] AUTHORIZATION dbo ON QUEUE InitiatorQueue;
GO
DECLARE @handle UNIQUEIDENTIFIER;
DECLARE @text NVARCHAR(100);
BEGIN TRANSACTION;
BEGIN DIALOG CONVERSATION @handle
    FROM SERVICE [//Initiator/Service]
    TO SERVICE N'//Target/Service'
    ON CONTRACT [//Both/Plain];
SELECT @text = N'<RequestMsg>Message for Target service.</RequestMsg>';
SEND ON CONVERSATION @handle MESSAGE TYPE [//Both/Request] (@text);
SELECT @text AS SentRequestMsg;
COMMIT TRANSACTION;
GO
USE TargetDB;
GO
DECLARE @handle UNIQUEIDENTIFIER;
DECLARE @text NVARCHAR(100);
DECLARE @name sysname;
BEGIN TRANSACTION;
WAITFOR
( RECEIVE TOP(1)
    @handle = conversation_handle,
    @text = message_body,
    @name = message_type_name
  FROM TargetQueue
), TIMEOUT 20000;
SELECT @text AS ReceivedRequestMsg;
IF @name = N'//Both/Request'
BEGIN
    DECLARE @reply NVARCHAR(100);
    SELECT @reply = N'<ReplyMsg>Message for Initiator service.</ReplyMsg>';
    SEND ON CONVERSATION @handle MESSAGE TYPE [//Both/Reply] (@reply);
    END CONVERSATION @handle;
END
SELECT @reply AS SentReplyMsg;
COMMIT TRANSACTION;
GO
USE InitiatorDB;
GO
DECLARE @handle UNIQUEIDENTIFIER, @body NVARCHAR(100), @name sysname;
WHILE ISNULL(@name, N'') <> N'http://schemas.microsoft.com/SQL/ServiceBroker/EndDialog'
BEGIN
    BEGIN TRANSACTION;
    WAITFOR
    ( RECEIVE TOP(1)
        @handle = conversation_handle,
        @body = message_body,
        @name = message_type_name
      FROM InitiatorQueue
    ), TIMEOUT 20000;
    IF @@ROWCOUNT = 0
    BEGIN
        COMMIT;
        RAISERROR('No message has come.', 16, 1);
        BREAK;
    END
    IF @name = N'//Both/Reply'
        SELECT @body AS ReceivedReplyMsg;
    ELSE
        END CONVERSATION @handle;
    COMMIT TRANSACTION;
END
PRINT 'ended';
GO
USE master;
GO
DROP DATABASE TargetDB;
DROP DATABASE InitiatorDB;
PRINT 'clean';
