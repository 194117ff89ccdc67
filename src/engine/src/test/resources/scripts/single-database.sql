-- A conversation between two services of one database: request, reply, both ends.
CREATE DATABASE Shop;
GO
USE Shop;
GO
CREATE MESSAGE TYPE [//Shop/Request] VALIDATION = WELL_FORMED_XML;
CREATE MESSAGE TYPE [//Shop/Reply] VALIDATION = WELL_FORMED_XML;
CREATE CONTRACT [//Shop/Asking] (
    [//Shop/Request] SENT BY INITIATOR,
    [//Shop/Reply] SENT BY TARGET
);
CREATE QUEUE CounterQueue;
CREATE SERVICE [//Shop/Counter] ON QUEUE CounterQueue ([//Shop/Asking]);
CREATE QUEUE CustomerQueue;
CREATE SERVICE [//Shop/Customer] ON QUEUE CustomerQueue;
GO
-- the customer asks
DECLARE @dialog UNIQUEIDENTIFIER;
DECLARE @request NVARCHAR(100);

BEGIN TRANSACTION;

BEGIN DIALOG @dialog
    FROM SERVICE [//Shop/Customer]
    TO SERVICE N'//Shop/Counter'
    ON CONTRACT [//Shop/Asking]
    WITH ENCRYPTION = OFF;

SELECT @request = N'<Request>two apples</Request>';

SEND ON CONVERSATION @dialog
    MESSAGE TYPE [//Shop/Request] (@request);

SELECT @request AS SentRequest;

COMMIT TRANSACTION;
GO
-- the counter answers
DECLARE @handle UNIQUEIDENTIFIER;
DECLARE @message NVARCHAR(100);
DECLARE @type sysname;

BEGIN TRANSACTION;

WAITFOR (
    RECEIVE TOP(1)
        @handle = conversation_handle,
        @message = message_body,
        @type = message_type_name
    FROM CounterQueue
), TIMEOUT 5000;

SELECT @message AS ReceivedRequest;

IF @type = N'//Shop/Request'
BEGIN
    DECLARE @reply NVARCHAR(100);
    SET @reply = N'<Reply>' + CAST(CAST(@message AS XML).value('(/Request)[1]', 'NVARCHAR(50)') AS NVARCHAR(50)) + N' are there</Reply>';

    SEND ON CONVERSATION @handle
        MESSAGE TYPE [//Shop/Reply] (@reply);

    END CONVERSATION @handle;
END

SELECT @reply AS SentReply;

COMMIT TRANSACTION;
GO
-- the customer takes the answer, then the end
DECLARE @handle UNIQUEIDENTIFIER, @message NVARCHAR(100);

WHILE 1 = 1
BEGIN
    BEGIN TRANSACTION;
    DECLARE @type sysname;
    WAITFOR (
        RECEIVE TOP(1) @handle = conversation_handle, @message = CAST(message_body AS NVARCHAR(100)), @type = message_type_name
        FROM CustomerQueue
    ), TIMEOUT 1;
    IF @@ROWCOUNT = 0
    BEGIN
        ROLLBACK TRANSACTION;
        BREAK;
    END
    IF @type = N'https://schemas.microsoft.com/SQL/ServiceBroker/EndDialog'
        END CONVERSATION @handle;
    ELSE
        PRINT N'Reply: ' + @message;
    COMMIT TRANSACTION;
    PRINT @type;
END
GO
DROP SERVICE [//Shop/Counter];
DROP SERVICE [//Shop/Customer];
DROP QUEUE CounterQueue;
DROP QUEUE CustomerQueue;
DROP CONTRACT [//Shop/Asking];
DROP MESSAGE TYPE [//Shop/Request];
DROP MESSAGE TYPE [//Shop/Reply];
PRINT 'clean';
